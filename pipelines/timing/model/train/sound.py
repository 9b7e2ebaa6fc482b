"""Sound as the model hears it: log energies of 40 bands, 100 a second, each centred on its 10 ms."""
from math import gcd

import numpy as np
from scipy.io import wavfile
from scipy.signal import resample_poly

RATE, HOP, WINDOW, BANDS = 16000, 160, 400, 40
LOWEST, HIGHEST = 50., 7600.
FLOOR = 1e-6  # energy under which nothing is heard
QUIET = float(np.log(FLOOR))


def filters():
    """Triangles evenly apart on the mel scale (O'Shaughnessy), each of sum 1: (BANDS, WINDOW / 2 + 1)."""
    mel = lambda hertz: 2595 * np.log10(1 + hertz / 700)
    edges = 700 * (10 ** (np.linspace(mel(LOWEST), mel(HIGHEST), BANDS + 2) / 2595) - 1)
    lines = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    rows = np.zeros((BANDS, len(lines)))
    for band in range(BANDS):
        left, peak, right = edges[band:band + 3]
        rows[band] = np.maximum(0, np.minimum((lines - left) / (peak - left), (right - lines) / (right - peak)))
        if rows[band].sum() == 0:
            rows[band, np.argmin(abs(lines - peak))] = 1
    return (rows / rows.sum(1, keepdims=True)).astype(np.float32)


FILTERS = filters()
HANN = (.5 - .5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


def bands(samples):
    """(frames, BANDS) of a sound at RATE; frames = samples // HOP."""
    count = len(samples) // HOP
    edge = (WINDOW - HOP) // 2
    padded = np.pad(samples, (edge, WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:count]
    out = np.empty((count, BANDS), np.float32)
    for at in range(0, count, 4000):
        energy = np.abs(np.fft.rfft(frames[at:at + 4000] * HANN, axis=1)).astype(np.float32) ** 2
        out[at:at + 4000] = np.log(energy @ FILTERS.T + FLOOR)
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
