"""Speaks the data, turns it into features and labels. usage: data.py FOLDER [SIZE]; SIZE 1 is about twenty hours of speech."""
import json
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np

import phones
import sound
import voices

HERE = os.path.dirname(os.path.abspath(__file__))


def sets(size):
    """Name of a set: (function, arguments before the seed)."""
    often = {'kal': 1200, 'ked': 1200}
    rows = {f'espeak-{part}': ('espeak', int(1100 * size)) for part in range(9)}
    for voice in voices.FESTIVAL:
        rows['festival-' + voice] = ('festival', 60 if voices.held('festival-' + voice) else int(often.get(voice, 480) * size) + 30)
    for voice in voices.FLITE:
        rows['flite-' + voice] = ('flite', 60 if voices.held('flite-' + voice) else int(2600 * size) + 30)
    for voice in voices.PEOPLE:
        rows[voice] = ('people', int(600 * size) + 5)
    rows['klatt'] = ('klatt', int(90 * max(size, .3)))
    rows['klatt-high'] = ('klatt-high', int(90 * max(size, .3)))
    return rows


def make(job):
    folder, name, kind, count, seed = job
    raw = os.path.join(folder, 'raw', name)
    try:
        speak_set(folder, raw, name, kind, count, seed)
        line = features(folder, raw, name, seed)
    except Exception as error:  # one voice that fails is said, and the others go on
        line = f'{name}: FAILED {error!r}'
    if not os.environ.get('KEEP_RAW'):
        shutil.rmtree(raw, ignore_errors=True)
    print(line, flush=True)


def speak_set(folder, raw, name, kind, count, seed):
    speaker = os.path.join(folder, 'speak')
    if kind == 'espeak':
        voices.espeak(raw, speaker, count, seed)
    elif kind == 'klatt':
        voices.espeak(raw, speaker, count, seed, voices.KLATT, (10, 45, 70))
    elif kind == 'klatt-high':
        voices.espeak(raw, speaker, count, seed, voices.KLATT, (80, 95, 99))
    elif kind == 'people':
        voices.people(raw, name, count, seed)
    elif kind == 'festival':
        voices.festival(raw, name.split('-', 1)[1], count, seed)
    else:
        voices.flite(raw, name.split('-', 1)[1], count, seed)


HARD = set('p t k c q ʈ tʃ ts tɕ tʂ ʧ ʦ'.split())


def closed(times, mel):
    """Espeak-ng tells a hard stop from its burst and gives the closure before it (40 ms of silence) to the sound before. The
    lips know better: a hard stop begins where the sound before it falls silent, at most 90 ms earlier."""
    loud = np.log(np.exp(mel[:, 8:]).mean(1))
    silent = loud < np.percentile(loud, 90) - 5.5
    found = [list(time) for time in times]
    for before, row in zip(found, found[1:]):
        if phones.bare(row[2]) not in HARD or before[2] == '_':
            continue
        at = int(round(row[0] * 100))
        start = at if 0 < at < len(silent) and silent[at] else at - 1
        while start > at - 9 and start > before[0] * 100 + 1 and start > 0 and silent[min(start, len(silent)) - 1]:
            start -= 1
        if start < at - 1:
            before[1] = row[0] = start / 100
    return [tuple(row) for row in found]


def features(folder, raw, name, seed):
    with open(os.path.join(raw, 'about.json')) as file:
        about = json.load(file)
    pick = random.Random(seed + 1)
    rows, refused = [], 0
    for one, row in sorted(about.items()):
        path = os.path.join(raw, one)
        try:
            samples = sound.read(path + '.wav')
            times, language = (voices.shapes(path), row['language']) if row['kind'] == 'shapes' else \
                voices.segments(path, row, len(samples) / sound.RATE)
        except (OSError, ValueError, IndexError):
            refused += 1
            continue
        # A smaller head: played faster by a third, a voice is higher and its mouth shorter, as a child's is.
        high = name == 'klatt-high' or (row['kind'] == 'ipa' and not voices.held(name) and pick.random() < .3)
        if high:
            faster = pick.uniform(1.12, 1.4) if row['sex'] != 'f' else pick.uniform(1.05, 1.3)
            count = int(len(samples) / faster)
            samples = np.interp(np.arange(count) * faster, np.arange(len(samples)), samples).astype(np.float32)
            times = [(a / faster, b / faster, ipa) for a, b, ipa in times]
        if len(samples) < sound.RATE // 3 or np.abs(samples).max() < .001 or len(times) < 4:
            refused += 1
            continue
        mel = sound.bands(samples)
        if row['kind'] == 'ipa':
            times = closed(times, mel)
        visemes, openness = phones.frames(times, len(mel)) if row['kind'] == 'shapes' else phones.label(times, len(mel), language)
        if (visemes > 0).mean() < .2:
            refused += 1
            continue
        rows.append((mel.astype(np.float16), visemes, (255 * openness).astype(np.uint8), f'{row["sex"]}{"+" if high else ""}',
                     row['language']))
    if not rows:
        return f'{name}: nothing, {refused} refused {phones.unknown.most_common(8)}'
    mel, visemes, openness, sex, language = zip(*rows)
    np.savez(os.path.join(folder, name + '.npz'), mel=np.concatenate(mel), visemes=np.concatenate(visemes),
             openness=np.concatenate(openness), lengths=[len(row) for row in visemes], sex=sex, language=language)
    every = np.concatenate(visemes)
    shares = np.bincount(every, minlength=15) / len(every)
    return (f'{name:20s} {len(rows):5d} utterances {len(every) / 100:6.0f} s, {refused} refused, '
            + ' '.join(f'{v}:{100 * s:.0f}' for v, s in zip(phones.VISEMES, shares))
            + (f' unknown {phones.unknown.most_common(12)}' if phones.unknown else ''))


def main(folder, size=1.):
    os.makedirs(os.path.join(folder, 'raw'), exist_ok=True)
    subprocess.run(['cc', '-O2', '-D_GNU_SOURCE', '-o', os.path.join(folder, 'speak'), os.path.join(HERE, 'speak.c'),
                    '-lespeak-ng'], check=True)
    jobs = [(folder, name, kind, count, 1000 + number) for number, (name, (kind, count)) in enumerate(sets(size).items())
            if not os.path.exists(os.path.join(folder, name + '.npz'))]
    with ProcessPoolExecutor(2, max_tasks_per_child=1) if sys.version_info >= (3, 11) else ProcessPoolExecutor(2) as pool:
        list(pool.map(make, jobs))


if __name__ == '__main__':
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1.)
