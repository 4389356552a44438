"""Random numbers, by name: each part of the simulation has its own stream."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray


def stream(seed: int, what: str, index: int = 0) -> np.random.Generator:
    """The random numbers for one purpose; the same for the same arguments.

    >>> stream(1, "vessels").integers(10) == stream(1, "vessels").integers(10)
    np.True_
    """
    # An index may be negative: a slice outside the scan.
    words = [seed, zlib.crc32(what.encode()), index + 2**20]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(words)))


def complex_normal(rng: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.complex64]:
    """Circular complex noise of power 1."""
    pairs = rng.standard_normal((*shape[:-1], 2 * shape[-1]), np.float32)
    pairs *= np.float32(np.sqrt(0.5))
    return pairs.view(np.complex64)


class SmoothField:
    """A smooth random function of position, mean 0 and standard deviation 1: a few plane waves."""

    def __init__(self, rng: np.random.Generator, wavelength_mm: float, waves: int = 9) -> None:
        angle = rng.uniform(0, 2 * np.pi, waves)
        size = 2 * np.pi / (wavelength_mm * rng.uniform(0.7, 1.6, waves))
        self._ky = size * np.sin(angle)
        self._kx = size * np.cos(angle)
        self._phase = rng.uniform(0, 2 * np.pi, waves)

    def __call__(self, y: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The value at each position, mm."""
        total = np.zeros(np.broadcast(y, x).shape)
        for ky, kx, phase in zip(self._ky, self._kx, self._phase, strict=True):
            total += np.cos(ky * y + kx * x + phase)
        return np.asarray(total * np.sqrt(2 / len(self._phase)))
