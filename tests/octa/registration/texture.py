"""A frame to move about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def texture(rows: int, ascans: int, seed: int = 0) -> NDArray[np.float32]:
    """Smooth random amplitude, brighter in the middle rows."""
    chance = np.random.default_rng(seed).normal(size=(2, rows, ascans))
    z, x = np.fft.fftfreq(rows)[:, None], np.fft.fftfreq(ascans)
    low = np.exp(-(z**2 + x**2) / (2 * 0.15**2))
    field = np.fft.ifft2(np.fft.fft2(chance) * low).real
    bright = 1 + 4 * np.exp(-(((np.arange(rows) - rows / 2) / (rows / 6)) ** 2))
    return (np.hypot(*field) * bright[:, None]).astype(np.float32)
