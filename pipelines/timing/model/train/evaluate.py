"""Measures on voices that were never trained on. usage: evaluate.py FOLDER [NET.pt]; by family, sex, language and noise. The
best shape of every frame, nothing smoothed; a closure is found when one is heard within 50 ms of it."""
import glob
import os
import sys

import numpy as np
import torch

import net as model
import noises
import phones
import voices

RHUBARB = dict(zip(phones.VISEMES, 'XAGBBBBBBBDCBEF'))
NINE = np.array([ord(RHUBARB[viseme]) for viseme in phones.VISEMES])
FLAP = np.array([0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 2, 1])
COLUMNS = ('15', '+-10ms', '9', 'flaps', 'open', 'speech', 'PP F1', 'TH', 'FF', 'CH', 'jaw')


def runs(mask):
    edges = np.diff(np.concatenate([[0], mask.astype(int), [0]]))
    return list(zip(np.where(edges == 1)[0], np.where(edges == -1)[0]))


def closures(true, heard):
    """(found, true, heard) lips shut."""
    rows = runs(heard)
    used, found = set(), 0
    wanted = runs(true)
    for start, end in wanted:
        near = [(max(a - end, start - b, 0), at) for at, (a, b) in enumerate(rows) if at not in used and max(a - end, start - b, 0) <= 5]
        if near:
            used.add(min(near)[1])
            found += 1
    return np.array([found, len(wanted), len(rows)])


class Tally:
    def __init__(self):
        self.true, self.heard, self.jaw, self.shut = [], [], [], np.zeros(3)

    def add(self, true, heard, jaw):
        self.true.append(true)
        self.heard.append(heard)
        self.jaw.append(jaw)
        self.shut += closures(true == 1, heard == 1)

    def line(self):
        true, heard = np.concatenate(self.true), np.concatenate(self.heard)
        near = (true == heard) | (np.roll(true, 1) == heard) | (np.roll(true, -1) == heard)
        recall = [(heard[true == phones.INDEX[name]] == phones.INDEX[name]).mean() if (true == phones.INDEX[name]).any() else np.nan
                  for name in ('TH', 'FF', 'CH')]
        found, wanted, given = self.shut
        values = [(true == heard).mean(), near.mean(), (NINE[true] == NINE[heard]).mean(), (FLAP[true] == FLAP[heard]).mean(),
                  ((FLAP[true] > 0) == (FLAP[heard] > 0)).mean(), ((true > 0) == (heard > 0)).mean(),
                  2 * found / max(1, wanted + given), *recall, np.concatenate(self.jaw).mean()]
        return f'{len(true) / 100:6.0f}' + ''.join(f'{100 * value:8.1f}' for value in values)


def under(mel, bank, decibels, start):
    noise = bank[start:start + len(mel)]
    level = np.log(np.exp(mel).mean() + 1e-9) - np.log(np.exp(noise).mean() + 1e-9)
    return np.logaddexp(mel, noise + level - decibels / 4.343)


def hear(net, mel):
    with torch.no_grad():
        out = net(model.levels(torch.tensor(mel.T[None])))[0]
    shapes = out[:model.CLASSES].argmax(0).numpy()
    return np.where(shapes == phones.BREATH, 0, shapes), torch.sigmoid(out[model.CLASSES]).numpy()


def main(folder, kept=None):
    torch.set_num_threads(1)
    net = model.load(kept or os.path.join(folder, 'net.pt'))
    music, hiss = noises.bank('music', 120, 99), noises.bank('hiss', 120, 98)  # not the music of the training
    noisy = {'clean': lambda mel, at: mel, 'hiss 10 dB': lambda mel, at: under(mel, hiss, 10, at),
             'music 15 dB': lambda mel, at: under(mel, music, 15, at), 'music 10 dB': lambda mel, at: under(mel, music, 10, at),
             'music 5 dB': lambda mel, at: under(mel, music, 5, at), 'music 0 dB': lambda mel, at: under(mel, music, 0, at)}
    tallies = {}
    chance = np.random.default_rng(3)
    for path in sorted(glob.glob(os.path.join(folder, '*.npz'))):
        name = os.path.basename(path)[:-4]
        if not voices.held(name):
            continue
        rows = np.load(path)
        ends = np.cumsum(rows['lengths'])
        for index, (start, end) in enumerate(zip(ends - rows['lengths'], ends)):
            end -= (end - start) % 2
            mel = rows['mel'][start:end].astype(np.float32)
            true, jaw = rows['visemes'][start:end].astype(int), rows['openness'][start:end] / 255
            at = chance.integers(0, len(music) - len(mel) - 1) if len(mel) < len(music) - 2 else 0
            for noise, add in noisy.items():
                heard, opened = hear(net, add(mel, at))
                groups = ['noise: ' + noise]
                if noise == 'clean':
                    groups += ['set: ' + name, 'family: ' + ('espeak klatt' if 'klatt' in name else 'flite' if 'flite' in name else 'HTS'),
                               'sex: ' + str(rows['sex'][index]), 'language: ' + str(rows['language'][index])[:2]]
                for group in groups:
                    tallies.setdefault(group, Tally()).add(true, heard, 1 - abs(opened - jaw))
    print(f'{"":24s} {"s":>6s}' + ''.join(f'{column:>8s}' for column in COLUMNS))
    for group in sorted(tallies):
        print(f'{group:24s} {tallies[group].line()}', flush=True)
    true, heard = (np.concatenate(getattr(tallies['noise: clean'], side)) for side in ('true', 'heard'))
    print('recall ' + ' '.join(f'{v}:{100 * (heard[true == i] == i).mean():.0f}' for i, v in enumerate(phones.VISEMES)))


if __name__ == '__main__':
    main(*sys.argv[1:])
