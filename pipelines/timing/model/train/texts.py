"""Things to say: sentences of Debian's fortune cookies, random words of its word lists, random syllables where there is neither.
People's sentences teach which sounds follow which; random words teach the rest."""
import glob
import os
import random
import re

DICT = '/usr/share/dict'
LISTS = {'en': 'american-english', 'de': 'ngerman', 'fr': 'french', 'es': 'spanish', 'it': 'italian', 'pt': 'portuguese',
         'pl': 'polish', 'nl': 'dutch', 'sv': 'swedish', 'ca': 'catalan', 'da': 'danish', 'nb': 'bokmål', 'uk': 'ukrainian'}
# Sounds that word lists have too few of, by how they are written.
RARE = {'en': ('th', 'th', 'f', 'v', 'ch', 'sh', 'j', 'ph'), 'es': ('z', 'c', 'ch', 'f'), 'de': ('sch', 'f', 'w', 'pf'),
        'fr': ('ch', 'j', 'v', 'f'), 'it': ('ci', 'gi', 'sc', 'f', 'v'), 'pl': ('cz', 'sz', 'w', 'f'), 'ca': ('x', 'j', 'f')}
EVERYDAY = ('the a I you he she we they it is was are do not no yes my your his her and but or so if then when what who why '
            'how this that there here go come see look stop wait please help now never always again only just really good '
            'bad big small new old man woman boy girl mother father brother friend house home time day night world people '
            'love want need know think thing feel make take give say tell both teeth mouth breath earth fourth fifth five '
            'fight fear chief chance choose watch church match child show wish push ship measure judge jump judge bridge '
            'above move very over believe voice save brave mom baby bomb pump people maybe problem remember number').split()
# What stands between the words of a sentence, and is said fast and low.
SMALL = ('the the a of to in and that I you he she it was is for on with as his her they at be this have from had by but not what all '
         'were we when your can said there if will about then them so would like him into has no could my than been do me are an its '
         'or who did up out our just don\'t I\'m it\'s can\'t won\'t let\'s').split()
KANA = ('あ い う え お か き く け こ さ し す せ そ た ち つ て と な に ぬ ね の は ひ ふ へ ほ ま み む め も や ゆ よ ら り る れ '
        'ろ わ が ぎ ぐ げ ご ざ じ ず ぜ ぞ だ で ど ば び ぶ べ ぼ ぱ ぴ ぷ ぺ ぽ きゃ きゅ きょ しゃ しゅ しょ ちゃ ちゅ ちょ ふぁ ふぃ ふぉ '
        'ん っか っと っぱ うう おう ああ').split()
JAPANESE = ('わたし あなた ぼく きみ おれ かれ みんな だれ なに どこ いつ どうして これ それ ここ ひと こども ともだち せんせい おかあさん '
            'まほう ちから ゆめ やくそく こころ そら つき ひかり かぜ みず ほのお みらい せかい まち いえ がっこう あした きょう むかし ずっと '
            'もう まだ きっと ほんとう うそ すき だいじょうぶ ありがとう ごめん さようなら おはよう まって いこう みて きいて たすけて やめて '
            'わかった できない まもる はしる わらう ふしぎ ふたり ちちうえ しゃしん めんどう まんま ぶんぶん もっと').split()
PARTICLES = 'は が を に で と も から まで よ ね ぞ さ の'.split()
SYLLABLES = {
    'ru': ('бвгджзклмнпрстфхцчшщ', 'аоуэиыяюеё', 'нмлртксв'), 'el': ('βγδζθκλμνξπρστφχψ', 'αειοωη', 'νςρ'),
    'tr': ('bcçdfghjklmnprsştvyz', 'aeıioöuü', 'nmlrkt'), 'id': ('bcdfghjklmnprstwy', 'aeiou', 'nmlrkt'),
    'cs': ('bcčdfhjklmnprřsštvzž', 'aeiouáéí', 'nmlrkt'), 'hu': ('bdfghjklmnprstvz', 'aáeéioöuü', 'nmlrkt'),
    'ro': ('bcdfghjlmnprsștțvz', 'aăeiouî', 'nmlr'), 'fi': ('hjklmnprstv', 'aeiouyäö', 'nstlr'),
    'hi': ('कखगचजटडतदनपफबभमयरलवसशह', 'ािीुूेैोौ', 'नमलर'), 'te': ('కగచజటడతదనపబమయరలవసశహ', 'ాిీుూెేొో', 'నమలర'),
    'ar': ('بتثجحخدذرزسشصطعغفقكلمنهوي', 'اوي', 'نملر'),
}
PINYIN = ('b p m f d t n l g k h j q x zh ch sh r z c s'.split(), 'a1 o1 e4 i2 u3 ai4 ei2 ao3 ou1 an4 en2 ang1 ong4'.split())


# Where a language's sentences are, and what is a letter of theirs.
QUOTES = .6  # of all sentences, where there are some
COOKIES = '/usr/share/games/fortunes'
QUOTED = {'en': ('art computers cookie definitions education ethnic food fortunes goedel humorists kids law literature love magic medicine '
                 'men-women miscellaneous news people pets platitudes politics riddles science songs-poems sports startrek tao '
                 'translate-me wisdom work', 'a-z'),
          'es': ('es/*', 'a-zñáéíóúü'), 'de': ('de/*', 'a-zäöüß'), 'it': ('it/* definizioni formiche leggi', 'a-zàèéìòù'),
          'pt': ('brasil', 'a-zàáâãçéêíóôõúü'), 'pl': ('pl/*', 'a-ząćęłńóśźż'), 'cs': ('cs/*', 'a-záčďéěíňóřšťúůýž'),
          'ru': ('ru/*', 'а-яё')}


def quotes(language):
    """Sentences of three to fourteen words, without numbers, names of who said them and signs that synthesizers spell out."""
    names, letters = QUOTED[language]
    whole = re.compile(f"(?:[{letters}'’]+[,;:]? ){{2,13}}[{letters}'’]+[.!?]", re.I)
    found = set()
    for path in sorted(path for name in names.split() for path in glob.glob(os.path.join(COOKIES, name))):
        if path.endswith(('.dat', '.u8')) or not os.path.isfile(path):
            continue
        with open(path, encoding='utf-8', errors='ignore') as file:
            for cookie in re.split(r'\n%\n', file.read()):
                said = ' '.join(line for line in cookie.split('\n') if not line.strip().startswith(('--', '—')))
                found.update(whole.findall(re.sub(r'[\s"“”«»„()*_-]+', ' ', said)))
    if not found:
        raise SystemExit(f'{COOKIES} has no sentences in {language}: debian.lock names the packages that are needed')
    return sorted(found)


def load(language):
    path = os.path.join(DICT, LISTS[language])
    if not os.path.exists(path):
        raise SystemExit(f'{path} is missing: debian.lock names the packages that are needed')
    with open(path, encoding='utf-8', errors='ignore') as file:
        words = [line.strip() for line in file]
    lower = language != 'de'
    words = [word for word in words if 2 <= len(word) <= 12 and word.isalpha() and (word[0].islower() or not lower)]
    random.Random(1).shuffle(words)
    rare = [[word for word in words if part in word.lower()][:2000] for part in RARE.get(language, ())]
    return words[:15000], [some for some in rare if some]


class Writer:
    """Writes sentences; the same seed writes the same ones."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.lists = {}
        self.quotes = {}

    def sentence(self, language, longest=9):
        pick = self.chance
        if language == 'ja':
            return self.japanese()
        if language in QUOTED and pick.random() < QUOTES:
            if language not in self.quotes:
                self.quotes[language] = quotes(language)
            return pick.choice(self.quotes[language])
        if language == 'en' and pick.random() < .6:
            return self.english()
        count = pick.randint(2, longest)
        words = [self.word(language) for _ in range(count)]
        for index in range(count - 1):
            if pick.random() < .12:
                words[index] += ','
        return ' '.join(words) + pick.choice(['.', '.', '!', '?', '...'])

    def english(self):
        """Words with small ones between them, as sentences have them."""
        pick = self.chance
        words = []
        for _ in range(pick.randint(1, 5)):
            words += [pick.choice(SMALL) for _ in range(pick.choice((0, 1, 1, 2, 2, 3)))] + [self.word('en')]
            if pick.random() < .1:
                words[-1] += ','
        return ' '.join(words).rstrip(',') + pick.choice('..!?')

    def word(self, language):
        pick = self.chance
        if language in LISTS:
            if language not in self.lists:
                self.lists[language] = load(language)
            words, rare = self.lists[language]
            if language == 'en' and pick.random() < .4:
                return pick.choice(EVERYDAY)
            return pick.choice(pick.choice(rare) if rare and pick.random() < .45 else words)
        if language == 'ko':
            return ''.join(chr(0xAC00 + pick.randrange(19) * 588 + pick.choice((0, 4, 8, 13, 18, 20, 1, 5)) * 28
                               + pick.choice((0, 0, 0, 4, 8, 16, 21))) for _ in range(pick.randint(1, 4)))
        if language == 'pinyin':
            return ' '.join(pick.choice(PINYIN[0]) + pick.choice(PINYIN[1]) for _ in range(pick.randint(1, 3)))
        onsets, vowels, codas = SYLLABLES[language]
        return ''.join(pick.choice(onsets) + pick.choice(vowels) + (pick.choice(codas) if pick.random() < .3 else '')
                       for _ in range(pick.randint(1, 4)))

    def japanese(self):
        pick = self.chance
        out = []
        for _ in range(pick.randint(2, 6)):
            word = pick.choice(JAPANESE) if pick.random() < .6 else \
                ''.join(pick.choice(KANA) for _ in range(pick.randint(2, 5))).lstrip('んっ')
            out.append(word + pick.choice(PARTICLES) + ('、' if pick.random() < .18 else ''))
        return ''.join(out) + pick.choice('。。！？')
