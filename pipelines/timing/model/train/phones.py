"""What a phone looks like: IPA to visemes and openness by pipelines/visemes/phones.json (the table the product reads too), and the
synthesizers' own phone names to IPA."""
import json
import os
import unicodedata
from collections import Counter

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, '../../../visemes/phones.json'), encoding='utf-8') as file:
    TABLE = json.load(file)

VISEMES = ['sil', 'PP', 'FF', 'TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'RR', 'aa', 'E', 'ih', 'oh', 'ou']
BREATH = 15  # what a mouth does that is no speech: breath, laughter
IGNORE = 255
INDEX = {name: index for index, name in enumerate(VISEMES)}
BASE = {sign: viseme for viseme, signs in TABLE['visemes'].items() for sign in signs.split()}
BORROW = set(TABLE['borrow'].split())
LONGEST = max(map(len, BASE))
unknown = Counter()

FRAME = 0.01
SHORTEST_PAUSE = 0.06  # a shorter silence between two sounds is no rest for the lips


def bare(ipa):
    """A phone without length, stress, tone and other marks."""
    kept = [c for c in unicodedata.normalize('NFD', ipa) if unicodedata.category(c) in ('Ll', 'Lo', 'Lu') or c == 'ᵊ']
    return ''.join(c for c in kept if c not in 'ːˈˌʰʲʷˠˤ')


def shapes(ipa, language=''):
    """[(viseme, openness)] of a phone; ('borrow', 0) where the neighbour's shape is taken; [] for what is no sound."""
    own = TABLE['languages'].get(language, {})
    if ipa.startswith('('):
        return []
    text = bare(ipa)
    found = []
    at = 0
    while at < len(text):
        for size in range(min(LONGEST, len(text) - at), 0, -1):
            sign = text[at:at + size]
            viseme = own.get(sign) or BASE.get(sign)
            if viseme or sign in BORROW:
                fine = TABLE['fine'].get(text[at:at + 2], TABLE['fine'].get(sign, TABLE['openness'].get(viseme)))
                found.append((viseme, fine) if viseme else ('borrow', 0.))
                at += size
                break
        else:
            unknown[text[at]] += 1
            at += 1
    merged = [shape for index, shape in enumerate(found) if index == 0 or shape[0] != found[index - 1][0]]
    return merged[:3]


def table(text):
    """'a=b c=d' pairs, one IPA for several names: 'x,y=b'."""
    rows = {}
    for pair in text.split():
        names, ipa = pair.rsplit('=', 1)
        for name in names.split(','):
            rows[name] = ipa
    return rows


# Names the synthesizers give their phones. '_' is a pause.
CMU = table('aa=ɑ ae=æ ah=ʌ ao=ɔ aw=aʊ ax=ə axr,er=ɚ ay=aɪ b=b ch=tʃ d=d dh=ð dx=ɾ eh=ɛ el,l=l em,m=m en,n,nx=n ey=eɪ '
            'f=f g=g hh,hv=h ih=ɪ iy=i jh=dʒ k=k ng=ŋ ow=oʊ oy=ɔɪ p=p r=ɹ s=s sh=ʃ t=t th=θ uh=ʊ uw=u v=v w=w y=j z=z '
            'zh=ʒ pau,ssil,brth,sil,h#,H#,#=_')
ITALIAN = table('p=p b=b m=m f=f v=v t=t d=d k=k g=g tS=tʃ dZ=dʒ ts=ts dz=dz s=s z=z S=ʃ n,nf,ng=n J=ɲ l=l L=ʎ r=r '
                'a,a1=a e,e1=e E,E1=ɛ i,i1,j=i o,o1=o O,O1=ɔ u,u1,w=u #,_,pau=_')
FINNISH = table('p=p b=b m=m f=f v=ʋ t=t d=d k=k g=g N=ŋ s=s S=ʃ h=h n=n l=l r=r j=j a=ɑ ae,{=æ e=e i=i o=o oe,2=ø '
                'u=u y=y #,pau,_=_ @=ə 7=ʔ aa=ɑ aeae,{{=æ ee=e ii=i oo=o oeoe,22=ø uu=u yy=y')
CZECH = table('p=p b=b m=m f=f v=v t=t d=d t~=c d~=ɟ ~t,ť=c ~d,ď=ɟ k=k g=g ch=x h=ɦ c=ts dz=dz c~,~c,č=tʃ dz~,dʒ=dʒ '
              's~,~s,š=ʃ z~,~z,ž=ʒ s=s z=z n=n n*=ŋ n~,~n,ň=ɲ l=l r=r r~,~r,ř,r~*=r j=j a,a:,á=a e,e:,é=ɛ i,i:,í,y=ɪ '
              'o,o:,ó=o u,u:,ú=u ou=oʊ au=aʊ eu=ɛʊ m*=m #,pau,_=_')
RUSSIAN = table("p=p b=b m=m f=f v=v t=t d=d k=k g=g h=x c=ts s=s z=z sh=ʃ zh=ʒ ch=tɕ sch=ɕ n=n l=l r=r j,i,ii=i a,aa=a "
                "e,ee=e o,oo=o u,uu=u y,yy=ɨ ae=ə ay=ɐ ur=ʊ pau,#=_")
CATALAN = table('p=p b=b m=m f=f v=v t=t d=d k=k g=ɡ B=b D=d G=ɣ T=θ s=s z=z S=ʃ Z=ʒ tS,ts=tʃ dZ,dz=dʒ n=n N,ng=ŋ J=ɲ '
                'l=l L=ʎ r=ɾ rr=r j,y=j w=w a,a1=a e,e1=e E,E1=ɛ i,i1=i o,o1=o O,O1=ɔ u,u1=u ax=ə uw=w iy=j #,pau,sil=_')


def named(rows):
    """A reader of one synthesizer's names; marks that only tell stress or length apart are dropped."""
    def read(name):
        for form in (name, name.rstrip("0123456789'~:"), name.lower(), name[:1] if name[1:] == name[:-1] else name):
            if form in rows:
                return rows[form]
        if len(name) == 2 and name[0] == name[1] and name[0] in rows:
            return rows[name[0]]
        unknown['name ' + name] += 1
        return ''
    return read


def label(segments, count, language=''):
    """Viseme and openness of every 10 ms frame, sampled at its centre. `segments`: (start s, end s, IPA or '_')."""
    items = []
    for start, end, ipa in segments:
        parts = [('sil', 0.)] if ipa in ('_', '') else shapes(ipa, language)
        if not parts:
            parts = [('hold', 0.)]
        weights = {1: [1.], 2: [.6, .4], 3: [.34, .33, .33]}[len(parts)]
        at = start
        for (viseme, openness), weight in zip(parts, weights):
            items.append([at, at + (end - start) * weight, viseme, openness])
            at += (end - start) * weight
    for index in range(len(items) - 1, -1, -1):
        if items[index][2] == 'borrow':
            after = items[index + 1] if index + 1 < len(items) else None
            before = items[index - 1] if index else None
            for other in (after, before):
                if other and other[2] in INDEX and other[2] != 'sil':
                    items[index][2:] = other[2], max(.3, other[3])
                    break
            else:
                items[index][2:] = 'sil', 0.
    for index, item in enumerate(items):
        if item[2] == 'hold':
            item[2:] = items[index - 1][2:] if index else ('sil', 0.)
    for index in range(1, len(items) - 1):
        start, end, viseme, _ = items[index]
        if viseme == 'sil' and end - start < SHORTEST_PAUSE:
            items[index][2:] = items[index + 1][2:] if items[index + 1][2] != 'sil' else items[index - 1][2:]
    return frames(items, count)


def frames(items, count):
    """Viseme and openness of every frame of (start s, end s, viseme, openness)."""
    visemes = np.zeros(count, np.uint8)
    openness = np.zeros(count, np.float32)
    for start, end, viseme, wide in items:
        a, b = (max(0, min(count, int(np.ceil(t / FRAME - .5)))) for t in (start, end))
        visemes[a:b] = INDEX[viseme]
        openness[a:b] = wide
    return visemes, smooth(openness, visemes)


def smooth(openness, visemes):
    """A jaw has mass: openness is eased over 70 ms, but shut lips are shut."""
    kernel = np.hanning(9)[1:-1]
    eased = np.convolve(np.pad(openness, 3, mode='edge'), kernel / kernel.sum(), mode='valid')[:len(openness)]
    eased[visemes == INDEX['PP']] *= .35
    return eased.astype(np.float32)
