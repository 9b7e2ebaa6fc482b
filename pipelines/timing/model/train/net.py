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
        self.drop = nn.Dropout(.1)

    def forward(self, x):
        return torch.relu(x + self.drop(self.norm(self.conv(x))))


class Net(nn.Module):
    """(batch, 2 × BANDS, time) of levels to (batch, CLASSES + 1, time): logits, the last of openness. Time must be even."""

    def __init__(self, width=136, outer=96, dilations=(1, 2, 4, 8, 4, 1)):
        super().__init__()
        self.ears = nn.Sequential(nn.Conv1d(2 * sound.BANDS, outer, 5, padding=2, bias=False), nn.BatchNorm1d(outer), nn.ReLU())
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
    """(batch, BANDS, time) of log energies to (batch, 2 × BANDS, time), each about −1.5 to 1.5: relative to the loudest nearby,
    and to the mean of what is loud nearby, which tells voice, room and microphone apart from what is said."""
    loudest = bands.amax(1, keepdim=True)
    loudest = torch.nn.functional.max_pool1d(loudest, LOCAL, 1, LOCAL // 2).clamp(min=FAINTEST)
    near = (bands - loudest).clamp(min=-DEEP)
    loud = (1 + near.amax(1, keepdim=True) / (DEEP / 2)).clamp(0, 1)
    mean = nearby(near * loud) / (nearby(loud) + 1)
    return torch.cat([near + DEEP / 2, near - mean], 1) / (DEEP / 3)


def nearby(rows):
    """Sums over LOCAL frames around each."""
    sums = torch.cumsum(nn.functional.pad(rows, (LOCAL // 2 + 1, LOCAL // 2)), 2)
    return sums[:, :, LOCAL:] - sums[:, :, :-LOCAL]


class Hearing(nn.Module):
    """What is shipped: (1, samples) of 16 kHz sound, −1..1, to visemes (1, frames, CLASSES) and openness (1, frames)."""

    def __init__(self, net):
        super().__init__()
        self.net = net
        self.register_buffer('lines', torch.arange(sound.LINES, dtype=torch.float32)[:, None])
        self.register_buffer('places', torch.arange(sound.WINDOW, dtype=torch.float32)[None])
        self.register_buffer('hann', torch.tensor(sound.HANN))
        self.register_buffer('filters', torch.tensor(sound.FILTERS)[:, :, None])

    def forward(self, sound_in):
        # The waves of the transform are made when the graph is loaded; kept as numbers they would be a third of the file.
        turn = torch.remainder(self.lines * self.places, 2 * (sound.LINES - 1)) * (np.pi / (sound.LINES - 1))
        waves = torch.cat([torch.cos(turn) * self.hann, torch.sin(turn) * self.hann])[:, None]
        edge = sound.WINDOW // 2
        spectrum = torch.nn.functional.conv1d(nn.functional.pad(sound_in[:, None], (edge, edge + sound.HOP)), waves,
                                              stride=sound.STEP)
        energy = spectrum[:, :sound.LINES] ** 2 + spectrum[:, sound.LINES:] ** 2
        energy = 3 * torch.nn.functional.avg_pool1d(torch.nn.functional.conv1d(energy, self.filters), 3, 2)
        bands = torch.log(energy + sound.FLOOR)
        # One frame more than there is sound for: cut to an even number, as the half-time middle needs.
        bands = bands[:, :, :bands.shape[2] // 2 * 2]
        out = self.net(levels(bands)).transpose(1, 2)
        return torch.softmax(out[:, :, :CLASSES], 2), torch.sigmoid(out[:, :, CLASSES])


def load(path):
    kept = torch.load(path, map_location='cpu')
    net = Net(**kept['shape'])
    net.load_state_dict(kept['state'])
    return net.eval()
