"""The synthesizers: what each is asked to say, and the sounds and their times as it tells them."""
import json
import os
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor

import phones
from texts import Writer

FEMALE = 'f1 f2 f3 f4 f5 Alicia Andrea Annie belinda linda steph steph2 steph3 anika aunty grandma whisperf'.split()
MALE = ('m1 m2 m3 m4 m5 m6 m7 m8 croak whisper grandpa adam Alex Andy boris caleb david Denis ed edward Gene Hugo iven '
        'Jacky john Lee Marco max Michael Mike Mr pablo paul quincy rob sandro shelby travis victor zac norbert').split()
KLATT = 'klatt klatt2 klatt3 klatt4 klatt5 klatt6'.split()  # another way of making sound: held out
# espeak-ng's voice, the language of the words, how often.
LANGUAGES = [('en-us', 'en', 26), ('en', 'en', 12), ('en-gb-scotland', 'en', 2), ('ja', 'ja', 26), ('es', 'es', 12),
             ('es-419', 'es', 6), ('fr', 'fr', 7), ('de', 'de', 7), ('it', 'it', 5), ('pt-br', 'pt', 10), ('pt', 'pt', 5),
             ('ru', 'ru', 5), ('pl', 'pl', 4), ('tr', 'tr', 3), ('ko', 'ko', 9), ('cmn-latn-pinyin', 'pinyin', 9),
             ('hi', 'hi', 3), ('te', 'te', 2), ('ar', 'ar', 3), ('id', 'id', 3), ('nl', 'nl', 3), ('sv', 'sv', 3),
             ('fi', 'fi', 2), ('cs', 'cs', 2), ('hu', 'hu', 2), ('el', 'el', 4), ('uk', 'uk', 2), ('ro', 'ro', 2),
             ('da', 'da', 2), ('nb', 'nb', 2), ('ca', 'ca', 2)]

# Festival: voice, language of the words, encoding, names of phones, sex, whether its pitch can be set.
FESTIVAL = {
    'kal': ('voice_kal_diphone', 'en', 'ascii', phones.CMU, 'm', True),
    'ked': ('voice_ked_diphone', 'en', 'ascii', phones.CMU, 'm', True),
    'lp': ('voice_lp_diphone', 'it', 'latin-1', phones.ITALIAN, 'f', False),
    'pc': ('voice_pc_diphone', 'it', 'latin-1', phones.ITALIAN, 'm', False),
    'fi-mv': ('voice_hy_fi_mv_diphone', 'fi', 'latin-1', phones.FINNISH, 'm', False),
    'fi-lj': ('voice_suo_fi_lj_diphone', 'fi', 'latin-1', phones.FINNISH, 'f', False),
    'cs-ph': ('voice_czech_ph', 'cs', 'iso-8859-2', phones.CZECH, 'm', False),
    'cs-dita': ('voice_czech_dita', 'cs', 'iso-8859-2', phones.CZECH, 'f', False),
    'cs-machac': ('voice_czech_machac', 'cs', 'iso-8859-2', phones.CZECH, 'm', False),
    'cs-krb': ('voice_czech_krb', 'cs', 'iso-8859-2', phones.CZECH, 'c', False),
    'ru': ('voice_msu_ru_nsh_clunits', 'ru', 'utf-8', phones.RUSSIAN, 'm', False),
    'hts-slt': ('voice_cmu_us_slt_arctic_hts', 'en', 'ascii', phones.CMU, 'f', False),
    'hts-ca': ('voice_upc_ca_ona_hts', 'ca', 'latin-1', phones.CATALAN, 'f', False),
}
FLITE = {'rms': 'm', 'awb': 'm', 'slt': 'f'}  # kal16 is festival's kal: left out
PEOPLE = tuple('people-' + language for language in ('en', 'es', 'fr', 'it', 'ru'))  # people.ts tells who they are

# Nothing of these is ever trained on, nor any choice made by them: a whole way of making sound, and one woman in both her voices.
HELD = ('klatt', 'flite-slt', 'festival-hts-slt')


def held(name):
    return name.startswith(HELD)


def espeak(folder, speaker, count, seed, variants=None, pitches=(5, 55, 99)):
    """Espeak-ng over languages and variants: female and child voices as often as male ones."""
    os.makedirs(folder, exist_ok=True)
    pick, writer = random.Random(seed), Writer(seed)
    wheel = [(voice, language) for voice, language, often in LANGUAGES for _ in range(often)]
    rows, about = [], {}
    for index in range(count):
        voice, language = pick.choice(wheel)
        female = pick.random() < .6
        variant = pick.choice(variants) if variants else pick.choice(FEMALE if female else MALE)
        name = f'{index:05d}'
        pitch = int(pick.triangular(*((30, 99, 75) if female and not variants else (pitches[0], pitches[2], pitches[1]))))
        words = int(pick.triangular(100, 290, 165))
        text = writer.sentence(language)
        rows.append('\t'.join((name, f'{voice}+{variant}', str(words), str(pitch), str(int(pick.triangular(10, 99, 50))), text)))
        about[name] = {'kind': 'ipa', 'language': voice, 'sex': 'f' if female and not variants else 'm'}
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda part: subprocess.run([speaker, folder], input='\n'.join(part) + '\n', text=True, check=True,
                                                  stderr=subprocess.DEVNULL), [rows[k::8] for k in range(8)]))
    save(folder, about)


def festival(folder, voice, count, seed):
    os.makedirs(folder, exist_ok=True)
    command, language, encoding, _, sex, pitched = FESTIVAL[voice]
    pick, writer = random.Random(seed), Writer(seed)
    script = [f'({command})', '''(define (say text file) (set! u (utt.synth (eval (list 'Utterance 'Text text))))
      (utt.save.segs u (string-append file ".segs")) (utt.save.wave u (string-append file ".wav")))''']
    about = {}
    for index in range(count):
        name = f'{index:05d}'
        text = writer.sentence(language).replace('"', '')
        about[name] = {'kind': 'segs', 'language': language, 'sex': sex, 'voice': voice}
        script.append(f"(Parameter.set 'Duration_Stretch {pick.triangular(.7, 1.35, 1):.2f})")
        if pitched:
            mean = pick.uniform(90, 260)
            script.append(f"(set! int_lr_params '((target_f0_mean {mean:.0f}) (target_f0_std {mean * .14:.0f}) "
                          "(model_f0_mean 170) (model_f0_std 34)))")
        script.append(f'(say "{text}" "{folder}/{name}")')
    path = os.path.join(folder, 'say.scm')
    with open(path, 'wb') as file:
        file.write('\n'.join(script).encode(encoding, 'ignore'))
    try:
        subprocess.run(['festival', '-b', path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=1800)
    except subprocess.TimeoutExpired:
        print('festival was cut off:', voice, flush=True)
    if not held('festival-' + voice):
        others(folder, about, pick)
    save(folder, about)


def flite(folder, voice, count, seed):
    os.makedirs(folder, exist_ok=True)
    pick, writer, about = random.Random(seed), Writer(seed), {}
    for index in range(count):
        name = f'{index:05d}'
        about[name] = {'kind': 'ends', 'language': 'en', 'sex': FLITE[voice], 'voice': voice}
        text = writer.sentence('en')
        about[name]['text'] = text
        out = subprocess.run(['flite', '-voice', voice, '--setf', f'duration_stretch={pick.triangular(.75, 1.35, 1):.2f}',
                              '-psdur', '-t', text, '-o', os.path.join(folder, name + '.wav')],
                             capture_output=True, text=True, check=True).stdout
        with open(os.path.join(folder, name + '.ends'), 'w') as file:
            file.write(out)
    if not held('flite-' + voice):
        others(folder, about, pick)
    save(folder, about)


# Praat's way to another speaker with the same times: the file, the formants' ratio, the pitch's median.
PRAAT = '''form Change
  text list
endform
rows = Read Strings from raw text file: list$
count = Get number of strings
for row to count
  selectObject: rows
  line$ = Get string: row
  path$ = extractWord$ (line$, "path=")
  sound = Read from file: path$
  changed = Change gender: 60, 400, extractNumber (line$, "formants="), extractNumber (line$, "pitch="), 1, 1
  Save as WAV file: path$
  removeObject: sound, changed
endfor
'''


def others(folder, about, pick):
    """Half the men become women or children, some women girls or men: diphones and statistical voices are few, and mostly men's."""
    rows = []
    for name, row in sorted(about.items()):
        path = os.path.join(folder, name + '.wav')
        if not os.path.exists(path):
            continue
        if row['sex'] == 'm' and pick.random() < .5:
            row['sex'] = 'f*'
            rows.append(f'path={path} formants={pick.uniform(1.06, 1.24):.3f} pitch={pick.uniform(160, 290):.0f}')
        elif row['sex'] != 'm' and (roll := pick.random()) < .25:
            row['sex'] = 'c*'
            rows.append(f'path={path} formants={pick.uniform(.95, 1.14):.3f} pitch={pick.uniform(180, 330):.0f}')
        elif row['sex'] == 'f' and roll < .45:
            row['sex'] = 'm*'
            rows.append(f'path={path} formants={pick.uniform(.8, .9):.3f} pitch={pick.uniform(90, 150):.0f}')
    for name, text in (('others.praat', PRAAT), ('others', '\n'.join(rows) + '\n')):
        with open(os.path.join(folder, name), 'w') as file:
            file.write(text)
    if rows:
        script, told = os.path.join(folder, 'others.praat'), os.path.join(folder, 'others')
        subprocess.run(['praat', '--run', script, told], check=True, stdout=subprocess.DEVNULL)


def save(folder, about):
    with open(os.path.join(folder, 'about.json'), 'w') as file:
        json.dump(about, file)


def shapes(path):
    """[(start, end, viseme, openness)] of a person's utterance, as the model heard it by its words."""
    found, start = [], 0.
    with open(path + '.shapes') as file:
        for line in file:
            end, viseme, openness = line.split()
            found.append((start, float(end), viseme, float(openness)))
            start = float(end)
    return found


def people(folder, name, count, seed):
    """Actors who speak prompts, out of Debian's packages; the product finds what they say when."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'people.ts')
    subprocess.run(['npx', 'tsx', script, folder, name, str(count)], check=True)
    with open(os.path.join(folder, 'about.json')) as file:
        about = json.load(file)
    others(folder, about, random.Random(seed))
    save(folder, about)


def segments(path, about, duration):
    """[(start, end, IPA)] of one utterance and the language its IPA is to be read in."""
    if about['kind'] == 'ipa':
        rows = []
        with open(path + '.ipa', encoding='utf-8', errors='ignore') as file:
            for line in file:
                at, ipa = line.rstrip('\n').split('\t')
                rows.append((float(at), ipa))
        ends = [at for at, _ in rows[1:]] + [duration]
        found = [(0., rows[0][0], '_')] if rows else []
        return found + [(at, end, '_' if ipa.strip('_: ') == '' else ipa) for (at, ipa), end in zip(rows, ends)], about['language']
    found, start = [], 0.
    if about['kind'] == 'segs':
        read = phones.named(FESTIVAL[about['voice']][3] if about['voice'] in FESTIVAL else phones.CMU)
        with open(path + '.segs', encoding='latin-1') as file:
            for line in file:
                parts = line.split()
                if len(parts) == 3:
                    found.append((start, float(parts[0]), read(parts[2])))
                    start = float(parts[0])
    else:
        read = phones.named(phones.CMU)
        with open(path + '.ends') as file:
            for pair in file.read().split():
                name, end = pair.rsplit(':', 1)
                found.append((start, float(end), read(name)))
                start = float(end)
    return [(a, b, ipa or 'ʲ') for a, b, ipa in found], about['language']
