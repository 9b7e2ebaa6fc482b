"""Checks that every synthesizer tells the times of its sounds rightly: where vowels are loud and hisses hiss, shifted by up
to 80 ms either way. usage: shifts.py FOLDER; a best shift of more than 10 ms means labels that teach a wrong time."""
import glob
import os
import sys

import numpy as np

import phones

VOWELS = [phones.INDEX[name] for name in ('aa', 'E', 'ih', 'oh', 'ou')]


def best(signal, mask):
    """(shift in frames, correlation there, correlation unshifted)."""
    found = [np.corrcoef(signal, np.roll(mask, shift))[0, 1] for shift in range(-8, 9)]
    return int(np.argmax(found)) - 8, max(found), found[8]


def main(folder):
    for path in sorted(glob.glob(os.path.join(folder, '*.npz'))):
        if os.path.basename(path).startswith('bank'):
            continue
        rows = np.load(path)
        mel, visemes = rows['mel'][:200000].astype(np.float32), rows['visemes'][:200000]
        low, high = mel[:, 3:16].mean(1), mel[:, 32:].mean(1)
        line = [os.path.basename(path)[:-4].ljust(20)]
        for name, signal, mask in (('vowels', low, np.isin(visemes, VOWELS)), ('SS', high - low, visemes == phones.INDEX['SS']),
                                   ('PP', -mel[:, 8:].mean(1), visemes == phones.INDEX['PP'])):
            shift, there, here = best(signal, mask.astype(float))
            line.append(f'{name} {10 * shift:+d} ms ({there:.2f}, unshifted {here:.2f})')
        print('  '.join(line), flush=True)


if __name__ == '__main__':
    main(sys.argv[1])
