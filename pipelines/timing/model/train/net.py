"""The model. Two passes over time: 100 frames a second near the ends, 50 in the middle, where most of the work is."""
import numpy as np
import torch
from torch import nn

import sound

CLASSES = 16  # fifteen visemes, and breath or laughter
LOCAL = 401  # frames: levels are told relative to the loudest of two seconds on either side
FAINTEST = -4.  # a loudest band under this is no voice: nothing is raised above it
DEEP = 12.  # nepers of energy under the loudest that still count


class Block(nn.Module):
    def __init__(self, width, dilation):
        super().__init__()
        self.conv = nn.Conv1d(width, width, 5, padding=2 * dilation, dilation=dilation, bias=False)
        self.norm = nn.BatchNorm1d(width)
        self.drop = nn.Dropout(.08)

    def forward(self, x):
        return torch.relu(x + self.drop(self.norm(self.conv(x))))


class Net(nn.Module):
    """(batch, BANDS, time) of levels to (batch, CLASSES + 1, time): logits, the last of openness. Time must be even."""

    def __init__(self, width=108, outer=88, dilations=(1, 2, 4, 8, 2)):
        super().__init__()
        self.ears = nn.Sequential(nn.Conv1d(sound.BANDS, outer, 5, padding=2, bias=False), nn.BatchNorm1d(outer), nn.ReLU())
        self.down = nn.Sequential(nn.Conv1d(outer, width, 4, stride=2, padding=1, bias=False), nn.BatchNorm1d(width), nn.ReLU())
        self.blocks = nn.Sequential(*(Block(width, dilation) for dilation in dilations))
        self.up = nn.ConvTranspose1d(width, outer, 4, stride=2, padding=1)
        self.last = Block(outer, 1)
        self.head = nn.Conv1d(outer, CLASSES + 1, 1)

    def forward(self, x):
        near = self.ears(x)
        far = self.up(self.blocks(self.down(near)))
        return self.head(self.last(torch.relu(near + far)))


def levels(bands):
    """(batch, BANDS, time) of log energies, told relative to the loudest nearby: about −1.5 to 1.5."""
    loudest = bands.amax(1, keepdim=True)
    loudest = torch.nn.functional.max_pool1d(loudest, LOCAL, 1, LOCAL // 2).clamp(min=FAINTEST)
    return ((bands - loudest).clamp(min=-DEEP) + DEEP / 2) / (DEEP / 3)


class Hearing(nn.Module):
    """What is shipped: (1, samples) of 16 kHz sound, −1..1, to visemes (1, frames, CLASSES) and openness (1, frames)."""

    def __init__(self, net):
        super().__init__()
        self.net = net
        half = sound.WINDOW // 2 + 1
        self.register_buffer('lines', torch.arange(half, dtype=torch.float32)[:, None])
        self.register_buffer('places', torch.arange(sound.WINDOW, dtype=torch.float32)[None])
        self.register_buffer('filters', torch.tensor(sound.FILTERS)[:, :, None])

    def forward(self, sound_in):
        # The waves of the transform are made when the graph is loaded; kept as numbers they would be a third of the file.
        turn = torch.remainder(self.lines * self.places, sound.WINDOW) * (2 * np.pi / sound.WINDOW)
        hann = .5 - .5 * torch.cos(self.places * (2 * np.pi / sound.WINDOW))
        waves = torch.cat([torch.cos(turn) * hann, torch.sin(turn) * hann])[:, None]
        edge = (sound.WINDOW - sound.HOP) // 2
        spectrum = torch.nn.functional.conv1d(nn.functional.pad(sound_in[:, None], (edge, edge + sound.HOP)), waves,
                                              stride=sound.HOP)
        half = sound.WINDOW // 2 + 1
        energy = spectrum[:, :half] ** 2 + spectrum[:, half:] ** 2
        bands = torch.log(torch.nn.functional.conv1d(energy, self.filters) + sound.FLOOR)
        # One frame more than there is sound for: cut to an even number, as the half-time middle needs.
        bands = bands[:, :, :bands.shape[2] // 2 * 2]
        out = self.net(levels(bands)).transpose(1, 2)
        return torch.softmax(out[:, :, :CLASSES], 2), torch.sigmoid(out[:, :, CLASSES])


def load(path):
    kept = torch.load(path, map_location='cpu')
    net = Net(**kept['shape'])
    net.load_state_dict(kept['state'])
    return net.eval()
