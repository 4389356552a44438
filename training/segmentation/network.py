"""The network: where in each column each surface lies, or that it is absent.

A U-Net (Ronneberger et al. 2015, https://doi.org/10.1007/978-3-319-24574-4_28) whose result is a
distribution over the rows of a column for each surface (He et al. 2019,
https://doi.org/10.1007/978-3-030-32239-7_14).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

CHANNELS = (8, 16, 32, 64, 96, 128)
SURFACES = 10


def block(inputs: int, outputs: int) -> nn.Sequential:
    """Two convolutions."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
        nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def single(inputs: int, outputs: int) -> nn.Sequential:
    """One convolution."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class SurfaceNetwork(nn.Module):
    """From ranks (N, 1, X, Z), both multiples of 32, to logarithms of chances (N, 10, X, Z + 1).

    The last of each is that of being absent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.ModuleList()
        inputs = 1
        for channels in CHANNELS:
            self.down.append(block(inputs, channels))
            inputs = channels
        self.up = nn.ModuleList()
        for channels in reversed(CHANNELS[:-1]):
            self.up.append(single(inputs + channels, channels))
            inputs = channels
        self.head = nn.Conv2d(inputs, SURFACES, 1)
        self.absent = nn.Sequential(
            nn.Conv1d(CHANNELS[3] * 2, 48, 3, padding=1), nn.ReLU(), nn.Conv1d(48, SURFACES, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Log probabilities."""
        kept = []
        for level, each in enumerate(self.down):
            if level:
                x = nn.functional.max_pool2d(x, 2)
            x = each(x)
            kept.append(x)
        kept.pop()
        wide = None
        for each in self.up:
            x = nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")
            x = each(torch.cat([x, kept.pop()], 1))
            if x.shape[1] == CHANNELS[3]:
                wide = torch.cat([x.mean(3), x.amax(3)], 1)
        assert wide is not None
        absent = nn.functional.interpolate(self.absent(wide), scale_factor=8.0, mode="linear")
        logits = torch.cat([self.head(x), absent[..., None]], 3)
        return nn.functional.log_softmax(logits, 3)
