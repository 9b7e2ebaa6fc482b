"""What stands beside a voice: music out of chords, hiss, rumble; and what mouths do that is no speech: breath, laughter.
All of it made here, in the sound, and turned into features once."""
import numpy as np
from scipy.signal import butter, lfilter, sosfilt

import sound

SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9))
CHORDS = ((0, 4, 7), (0, 3, 7), (0, 4, 7, 11), (0, 3, 7, 10), (0, 5, 7), (0, 7, 12))


def hertz(note):
    return 440 * 2 ** ((note - 69) / 12)


def tone(chance, frequency, count, kind):
    """A note: so many partials, an onset, a decay; strings tremble, a flute breathes."""
    time = np.arange(count) / sound.RATE
    bright = chance.uniform(.4, 1.6)
    shake = 1 + (.006 * np.sin(2 * np.pi * chance.uniform(4, 7) * time) if kind == 'string' else 0)
    phase = 2 * np.pi * np.cumsum(frequency * shake * np.ones(count)) / sound.RATE
    out = np.zeros(count)
    for partial in range(1, 14):
        if partial * frequency > 7600:
            break
        fade = np.exp(-time * partial * chance.uniform(.5, 2)) if kind == 'pluck' else 1
        out += fade * np.sin(partial * phase + chance.uniform(0, 6)) / partial ** bright
    rise = {'pluck': .004, 'string': .12, 'flute': .05, 'organ': .02}[kind]
    envelope = np.minimum(1, time / rise) * np.minimum(1, (time[-1] - time) / .05 + 1e-3)
    return out * envelope


def drum(chance, count):
    time = np.arange(count) / sound.RATE
    if chance.random() < .5:
        return 3 * np.sin(2 * np.pi * (45 + 90 * np.exp(-time * 30)) * time) * np.exp(-time * chance.uniform(6, 14))
    return 1.2 * chance.normal(size=count) * np.exp(-time * chance.uniform(10, 45))


def music(chance, seconds):
    """Chords on a beat, a tune above, sometimes a bass and drums."""
    count = int(seconds * sound.RATE)
    out = np.zeros(count + sound.RATE * 4)
    beat = chance.uniform(.28, .75)
    root, scale = chance.integers(40, 60), SCALES[chance.integers(len(SCALES))]
    kinds = [('pluck', 'string', 'flute', 'organ')[chance.integers(4)] for _ in range(2)]
    with_drums, with_tune = chance.random() < .5, chance.random() < .8

    def put(start, piece, loud):
        at = int(start * sound.RATE)
        if at < len(out):
            out[at:at + len(piece)] += loud * piece[:len(out) - at]

    at = 0.
    while at < seconds:
        hold = beat * chance.choice((2, 4, 4))
        base = root + scale[chance.integers(len(scale))]
        for step in CHORDS[chance.integers(len(CHORDS))]:
            put(at + chance.uniform(0, .02), tone(chance, hertz(base + step), int(hold * sound.RATE * 1.05), kinds[0]), .5)
        if chance.random() < .6:
            put(at, tone(chance, hertz(base - 12), int(hold * sound.RATE), 'pluck'), .8)
        step = at
        while step < at + hold - .01:
            length = beat * chance.choice((.5, .5, 1))
            if with_tune and chance.random() < .8:
                note = root + 12 + scale[chance.integers(len(scale))] + 12 * chance.integers(2)
                put(step, tone(chance, hertz(note), int(length * sound.RATE), kinds[1]), .7)
            if with_drums:
                put(step, drum(chance, int(.3 * sound.RATE)), .8)
            step += length
        at += hold
    return out[:count] / (np.abs(out).max() + 1e-9)


def hiss(chance, seconds):
    """Noise of some colour that comes and goes slowly: rain, wind, machines, a crowd without words."""
    count = int(seconds * sound.RATE)
    low = np.exp(chance.uniform(np.log(60), np.log(2500)))
    high = min(7900, low * np.exp(chance.uniform(.7, 4)))
    noise = sosfilt(butter(2, (low, high), 'band', fs=sound.RATE, output='sos'), chance.normal(size=count))
    noise += chance.uniform(0, .4) * chance.normal(size=count)
    knots = chance.uniform(.3, 1, max(2, int(seconds * chance.uniform(.3, 4))))
    return noise * np.interp(np.arange(count), np.linspace(0, count, len(knots)), knots)


def resonate(source, formants):
    out = source
    for frequency, width in formants:
        r = np.exp(-np.pi * width / sound.RATE)
        out = lfilter([1 - r], [1, -2 * r * np.cos(2 * np.pi * frequency / sound.RATE), r * r], out)
    return out


VOWELS = {'a': ((800, 90), (1250, 110), (2600, 160), (3600, 250)), 'e': ((520, 80), (1850, 110), (2550, 160), (3600, 250)),
          'ə': ((550, 90), (1500, 110), (2500, 160), (3600, 250)), 'o': ((480, 80), (900, 100), (2500, 160), (3500, 250)),
          'i': ((310, 70), (2250, 120), (2950, 180), (3700, 250))}


def mouth(chance, child):
    name = list(VOWELS)[chance.integers(len(VOWELS))]
    return name, [(frequency * child * chance.uniform(.93, 1.07), width * chance.uniform(1, 2)) for frequency, width in VOWELS[name]]


def breath(chance):
    """Air in or out: noise through an open mouth, rising and falling."""
    count = int(chance.uniform(.2, 1.1) * sound.RATE)
    _, formants = mouth(chance, chance.uniform(.95, 1.4))
    air = resonate(chance.normal(size=count), formants)
    shape = np.sin(np.pi * np.linspace(0, 1, count) ** chance.uniform(.5, 2))
    return air / (np.abs(air).max() + 1e-9) * shape


def laugh(chance):
    """Bursts four to seven a second, falling in pitch and loudness, each begun by air; or a giggle with lips apart."""
    child = chance.uniform(.95, 1.4)
    pitch = chance.uniform(140, 480)
    gap = 1 / chance.uniform(3.8, 7)
    bursts = chance.integers(3, 10)
    _, formants = mouth(chance, child)
    pieces = []
    loud = 1.
    for burst in range(bursts):
        count = int(gap * sound.RATE * chance.uniform(.85, 1.15))
        voiced = chance.uniform(.4, .65)
        time = np.arange(count) / count
        tune = pitch * chance.uniform(.9, 1.1) * (1 + .2 * np.sin(np.pi * np.clip(time / voiced, 0, 1)))
        phase = np.cumsum(tune) / sound.RATE
        pulses = np.diff(np.floor(phase), prepend=0) * np.sin(np.pi * np.clip((time - .15) / voiced, 0, 1))
        air = chance.normal(size=count) * chance.uniform(.01, .06) * np.exp(-time * 3)
        pieces.append(loud * (pulses + air))
        pitch *= chance.uniform(.9, 1.03)
        loud *= chance.uniform(.75, 1.02)
    out = resonate(np.concatenate(pieces), formants)
    return out / (np.abs(out).max() + 1e-9)


def shout(chance):
    """A held vowel, loud and high: 250 to 900 Hz, gliding, trembling. Returns the sound and the vowel's IPA."""
    child = chance.uniform(1., 1.35)
    name, formants = mouth(chance, child)
    formants = [(frequency * (1.15 if index == 0 else 1), width) for index, (frequency, width) in enumerate(formants)]
    count = int(chance.uniform(.4, 2) * sound.RATE)
    time = np.arange(count) / count
    tune = chance.uniform(250, 900) * (1 + chance.uniform(-.2, .3) * np.sin(np.pi * time) + .02 * np.sin(2 * np.pi * 6 * time))
    phase = np.cumsum(tune) / sound.RATE
    voice = np.diff(np.floor(phase), prepend=0) + .01 * chance.normal(size=count)
    out = resonate(voice, formants) * np.minimum(1, time * 30) * np.minimum(1, (1 - time) * 20)
    if chance.random() < .5:
        out = np.tanh(out / (np.abs(out).max() + 1e-9) * chance.uniform(1, 5))
    return out / (np.abs(out).max() + 1e-9), name


def bank(kind, seconds, seed):
    """Features of so many seconds of music or hiss, a piece of at most 12 s after the other."""
    chance = np.random.default_rng(seed)
    pieces, made = [], 0.
    while made < seconds:
        length = chance.uniform(6, 12)
        pieces.append(sound.bands((.5 * {'music': music, 'hiss': hiss}[kind](chance, length)).astype(np.float32)))
        made += length
    return np.concatenate(pieces)
