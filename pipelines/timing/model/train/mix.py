"""What is trained on: utterances at other paces and of other sizes, in rooms, through microphones, under music, noise and voices."""
import glob
import os

import numpy as np
import torch
from scipy.signal import lfilter

import noises
import phones
import sound
import voices

FRAMES, BATCH = 384, 40
# How often a voice is drawn, by its seconds: voices made of people's recordings more often than the formants of eSpeak NG.
OFTEN = {'people-en': 12., 'people-': 5., 'espeak-': 2., 'flite-': 3., 'festival-hts-': 3., 'festival-k': 2.5, 'festival-ru': 1., 'festival-': 1.4}
SCALE = np.linspace(0, 1, sound.BANDS).astype(np.float32)
KNOTS = 6  # of a smooth curve over the bands
CURVES = np.cos(np.pi * SCALE * np.arange(1, KNOTS + 1)[:, None]).astype(np.float32) / np.sqrt(KNOTS)
nepers = lambda decibels: decibels / 4.343  # of energy


def read(folder):
    """([(name, mel, visemes, openness)], weights) to train on and the same to watch, from the sets that are not held out."""
    kept, watched, weights = [], [], []
    for path in sorted(glob.glob(os.path.join(folder, '*.npz'))):
        name = os.path.basename(path)[:-4]
        if voices.held(name) or name.startswith('bank'):
            continue
        rows = np.load(path)
        mel, visemes, openness = rows['mel'], rows['visemes'], rows['openness']
        often = next(weight for start, weight in OFTEN.items() if name.startswith(start))
        ends = np.cumsum(rows['lengths'])
        for number, (start, end) in enumerate(zip(ends - rows['lengths'], ends)):
            row = (name, mel[start:end], visemes[start:end], openness[start:end])
            if number % 25 == 7:
                watched.append(row)
            else:
                kept.append(row)
                weights.append(often * (end - start))
    return kept, np.array(weights) / sum(weights), watched


def banks(folder):
    """Music, hiss, and what mouths do without words: made once."""
    path = os.path.join(folder, 'bank.npz')
    if not os.path.exists(path):
        chance = np.random.default_rng(5)
        aside = []
        for kind, count in (('breath', 150), ('laugh', 250), ('shout', 200)):
            for _ in range(count):
                made = getattr(noises, kind)(chance)
                samples, vowel = made if kind == 'shout' else (made, None)
                mel = sound.bands((.5 * samples).astype(np.float32))
                if vowel:
                    visemes, openness = phones.label([(0, len(mel) / 100, vowel)], len(mel))
                    openness = np.minimum(1, openness * 1.25 + .1)
                else:
                    visemes = np.full(len(mel), phones.BREATH, np.uint8)
                    openness = np.full(len(mel), .35 if kind == 'breath' else .55, np.float32)
                quiet = mel.max(1) < mel.max() - 7
                visemes[quiet & (visemes != phones.BREATH)] = 0
                openness[quiet & (visemes == 0)] = 0
                aside.append((mel, visemes, (255 * openness).astype(np.uint8)))
        np.savez(path, music=noises.bank('music', 1500, 6).astype(np.float16), hiss=noises.bank('hiss', 900, 7).astype(np.float16),
                 aside=np.concatenate([row[0] for row in aside]).astype(np.float16),
                 visemes=np.concatenate([row[1] for row in aside]), openness=np.concatenate([row[2] for row in aside]),
                 lengths=[len(row[1]) for row in aside])
    return np.load(path)


class Stage:
    """Composes training samples: voices at other paces and of other sizes, pauses, rooms, microphones, music, noise, other people."""

    def __init__(self, folder, seed):
        self.rows, self.weights, _ = read(folder)
        bank = banks(folder)
        self.music, self.hiss = bank['music'], bank['hiss']
        ends = np.cumsum(bank['lengths'])
        self.asides = [(bank['aside'][a:b], bank['visemes'][a:b], bank['openness'][a:b]) for a, b in zip(ends - bank['lengths'], ends)]
        self.chance = np.random.default_rng(seed)
        self.order, self.next = self.chance.choice(len(self.rows), 100000, p=self.weights), 0

    def draw(self):
        self.next = (self.next + 1) % len(self.order)
        return self.rows[self.order[self.next]][1:]

    def bent(self, mel, visemes, openness):
        """Another pace, another mouth (its tube's length, and its formants apart from it), another loudness of its sounds."""
        chance = self.chance
        mel = mel.astype(np.float32)
        if chance.random() < .9:
            pace, tube = chance.uniform(.75, 1.4), chance.uniform(.82, 1.22)
            at = np.arange(0, len(visemes) - 1, pace)
            low = at.astype(int)
            part = (at - low)[:, None].astype(np.float32)
            mel = mel[low] * (1 - part) + mel[low + 1] * part
            near = np.rint(at).astype(int)
            visemes, openness = visemes[near], openness[near]
            own = chance.normal(0, .6, KNOTS) @ CURVES
            band = np.clip(np.arange(sound.BANDS) * tube + own * np.minimum(1, np.arange(sound.BANDS) / 6), 0, sound.BANDS - 1)
            low = np.minimum(band.astype(int), sound.BANDS - 2)
            part = (band - low).astype(np.float32)
            mel = mel[:, low] * (1 - part) + mel[:, low + 1] * part
        if chance.random() < .5:  # its sounds louder and softer than the synthesizer has them, by some 2 dB
            knots = chance.normal(0, .5, len(mel) // 8 + 2)
            mel += np.interp(np.arange(len(mel)) / 8, np.arange(len(knots)), knots).astype(np.float32)[:, None]
        if chance.random() < .2:  # formants broader
            mel[:, 1:-1] = .25 * mel[:, :-2] + .5 * mel[:, 1:-1] + .25 * mel[:, 2:]
        return mel + np.float32(chance.uniform(-2, 2)), visemes, openness

    def sample(self):
        """FRAMES of speech, pauses, breath and laughter, one after the other: (mel, visemes, openness)."""
        chance = self.chance
        parts, count, kind = [], 0, chance.random()
        while count < FRAMES + 80:
            if chance.random() < .35:
                length = int(chance.integers(5, 120 if chance.random() < .3 else 40))
                parts.append((np.full((length, sound.BANDS), sound.QUIET, np.float32), np.zeros(length, np.uint8), np.zeros(length, np.uint8)))
            elif chance.random() < (.12 if kind > .1 else .5):
                parts.append(self.bent(*self.asides[chance.integers(len(self.asides))]))
            elif kind > .03:
                parts.append(self.bent(*self.draw()))
            count = sum(len(part[1]) for part in parts)
        start = chance.integers(0, count - FRAMES + 1)
        return tuple(np.concatenate(column)[start:start + FRAMES] for column in zip(*parts))

    def batch(self):
        """BATCH samples in their rooms, with what sounds beside them, through their microphones."""
        chance = self.chance
        mel, visemes, openness = (np.stack(column) for column in zip(*(self.sample() for _ in range(BATCH))))
        either = lambda share: chance.random(BATCH) < share
        between = lambda low, high: chance.uniform(low, high, (BATCH, 1, 1)).astype(np.float32)
        voiced = (visemes > 0)[:, :, None]
        energy = np.exp(mel)
        level = np.log((energy * voiced).sum((1, 2)) / np.maximum(1, voiced.sum((1, 2)) * sound.BANDS) + 1e-6)
        level = np.where(voiced.any((1, 2)), level, chance.uniform(-3, 3, BATCH))
        for row in np.flatnonzero(either(.3)):  # a room
            fade = np.exp(-6.9 / (chance.uniform(.15, .9) * 100))
            energy[row] += chance.uniform(.02, .2) * lfilter([1 - fade], [1, -fade], energy[row], axis=0).astype(np.float32)
        roll = chance.random(BATCH)
        for row in range(BATCH):
            if chance.random() < .12:  # somebody else, far off
                self.beside(energy[row], np.resize(self.draw()[0], (FRAMES, sound.BANDS)), level[row], chance.uniform(10, 28))
            if roll[row] < .38:
                self.beside(energy[row], self.piece(self.music), level[row], chance.uniform(0, 15) if chance.random() < .7 else chance.uniform(15, 30))
            if .3 < roll[row] < .75:
                self.beside(energy[row], self.piece(self.hiss), level[row], chance.uniform(0, 35))
        mel = np.log(energy + 1e-6)
        # A microphone: a slope, a curve, an edge; and how much louder than the soft the loud is.
        knots = chance.normal(0, 1, (BATCH, KNOTS)).astype(np.float32) @ CURVES
        mel += (between(-2.5, 2.5) * (SCALE - .5) + between(.2, 1.3) * knots[:, None])
        for row in np.flatnonzero(either(.15)):
            mel[row, :, int(chance.integers(28, 40)):] -= chance.uniform(3, 9)
        for row in np.flatnonzero(either(.15)):
            mel[row, :, :int(chance.integers(1, 5))] -= chance.uniform(2, 6)
        top = mel.max((1, 2), keepdims=True)
        mel = top + (mel - top) * between(.8, 1.15)
        mel += between(-4, 2) + .12 * chance.standard_normal(mel.shape, np.float32)
        return np.maximum(mel, sound.QUIET).transpose(0, 2, 1).copy(), visemes, openness

    def piece(self, bank):
        start = self.chance.integers(0, len(bank) - FRAMES)
        return bank[start:start + FRAMES]

    def beside(self, energy, mel, level, decibels):
        """Adds what sounds so many decibels under the voice."""
        other = np.exp(mel.astype(np.float32))
        energy += other * np.float32(np.exp(level - nepers(decibels)) / (other.mean() + 1e-9))


def fill(folder, seed, queue):
    torch.set_num_threads(1)
    stage = Stage(folder, seed)
    while True:
        queue.put(stage.batch())
