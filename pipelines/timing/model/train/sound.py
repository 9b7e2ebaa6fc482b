"""Sound as the model hears it: log energies of 40 bands, 100 a second, each centred on its 10 ms. Three short windows make one
frame: a long one would show the single tones of a high voice, which say who speaks, not what."""
from math import gcd

import numpy as np
from scipy.io import wavfile
from scipy.signal import resample_poly

RATE, HOP, BANDS = 16000, 160, 40
WINDOW, STEP, LINES = 200, 80, 201  # samples of a window, between windows; lines of its spectrum
LOWEST, HIGHEST = 50., 7600.
FLOOR = 1e-6  # energy under which nothing is heard
QUIET = float(np.log(FLOOR))


def filters():
    """Triangles evenly apart on the mel scale (O'Shaughnessy), each of sum 1: (BANDS, LINES)."""
    mel = lambda hertz: 2595 * np.log10(1 + hertz / 700)
    edges = 700 * (10 ** (np.linspace(mel(LOWEST), mel(HIGHEST), BANDS + 2) / 2595) - 1)
    lines = np.arange(LINES) * (RATE / 2 / (LINES - 1))
    rows = np.zeros((BANDS, LINES))
    for band in range(BANDS):
        left, peak, right = edges[band:band + 3]
        rows[band] = np.maximum(0, np.minimum((lines - left) / (peak - left), (right - lines) / (right - peak)))
        if rows[band].sum() == 0:
            rows[band, np.argmin(abs(lines - peak))] = 1
    return (rows / rows.sum(1, keepdims=True)).astype(np.float32)


FILTERS = filters()
# As loud as one window of 25 ms would be.
HANN = ((.5 - .5 * np.cos(2 * np.pi * (np.arange(WINDOW) + .5) / WINDOW)) * np.sqrt(2 / 3)).astype(np.float32)


def bands(samples):
    """(frames, BANDS) of a sound at RATE; frames = samples // HOP."""
    count = len(samples) // HOP
    padded = np.pad(samples, (WINDOW // 2, WINDOW // 2 + HOP))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::STEP]
    out = np.empty((count, BANDS), np.float32)
    for at in range(0, count, 4000):
        size = min(4000, count - at)
        energy = np.abs(np.fft.rfft(windows[2 * at:2 * (at + size) + 1] * HANN, 2 * (LINES - 1), axis=1)).astype(np.float32) ** 2
        out[at:at + size] = np.log((energy[:-2:2] + energy[1:-1:2] + energy[2::2]) @ FILTERS.T + FLOOR)
    return out


def read(path):
    rate, samples = wavfile.read(path)
    if samples.dtype == np.int16:
        samples = samples / np.float32(32768)
    samples = samples.astype(np.float32)
    if samples.ndim > 1:
        samples = samples.mean(1)
    if rate != RATE:
        common = gcd(int(rate), RATE)
        samples = resample_poly(samples, RATE // common, rate // common).astype(np.float32)
    return samples
