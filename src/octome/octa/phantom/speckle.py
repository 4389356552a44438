"""From mean power to an image: the blur of the beam, speckle, noise, and lines of the machine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share


def blurred(image: Float32, sigma_z: float, sigma_x: float) -> Float32:
    """The image, (B, X, Z), blurred by a Gaussian along Z and X, in px; its sums are kept."""
    out = np.empty_like(image)
    taps_z, taps_x = _taps(sigma_z), _taps(sigma_x)

    def blur(block: slice) -> None:
        for b in range(block.start, block.stop):
            _blur(image[b], taps_z, taps_x, out[b])

    share(blur, len(image))
    return out


def _taps(sigma: float) -> Float32:
    """A Gaussian as far as it matters, its sum 1."""
    reach = int(np.ceil(3 * sigma)) if sigma > 0.15 else 0
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 1e-6)) ** 2)
    return np.asarray(taps / taps.sum(), np.float32)


@kernel
def _blur(image, taps_z, taps_x, out):  # type: ignore[no-untyped-def]
    ascans, rows = image.shape
    reach_z, reach_x = len(taps_z) // 2, len(taps_x) // 2
    middle = np.zeros((ascans, rows), np.float32)
    padded = np.empty(rows + 2 * reach_z, np.float32)
    for x in range(ascans):
        padded[:reach_z] = image[x, 0]
        padded[reach_z : reach_z + rows] = image[x]
        padded[reach_z + rows :] = image[x, rows - 1]
        for tap in range(len(taps_z)):
            weight = taps_z[tap]
            for z in range(rows):
                middle[x, z] += weight * padded[z + tap]
    for x in range(ascans):
        out[x, :] = 0
        for tap in range(len(taps_x)):
            at = min(max(x + tap - reach_x, 0), ascans - 1)
            weight = taps_x[tap]
            for z in range(rows):
                out[x, z] += weight * middle[at, z]


@dataclass(frozen=True, kw_only=True)
class Averaging:
    """How many frames an image is the mean of, and how large its grains are."""

    frames: int
    """Over which the noise is averaged."""
    speckles: float
    """Independent ones among them: speckle repeats itself where the eye holds still."""
    noise_px: float
    """Standard deviation of the blur of the noise: above 0 in a resampled image."""


def speckled(
    power: Float32,
    *,
    noise: float,
    averaging: Averaging,
    sigma_px: tuple[float, float],
    rng: np.random.Generator,
) -> Float32:
    """Linear amplitude with speckle and noise, averaged.

    The sum of `n` frames of speckle of power 1 follows a gamma distribution of shape `n`. It is
    computed from correlated normal numbers by the transformation of Wilson and Hilferty (1931).

    Parameters
    ----------
    power : float32, (B, X, Z)
        Mean power, blurred.
    noise : float
        Mean power of the noise.
    averaging : Averaging
    sigma_px : (float, float)
        Of the beam's power, along Z and X: as large are the speckles.
    rng : Generator

    Returns
    -------
    amplitude : float32, (B, X, Z)
        Its mean is near 1 where there is noise alone and `noise` is 1.
    """
    grains = _grains(power.shape, sigma_px, rng)
    floor = _grains(power.shape, (averaging.noise_px, averaging.noise_px), rng)
    out = np.empty_like(power)
    few, many = np.float32(averaging.speckles), np.float32(averaging.frames)

    def mix(block: slice) -> None:
        _mix(power[block], grains[block], floor[block], np.float32(noise), few, many, out[block])

    share(mix, len(power))
    return out


def fixed_lines(rows: int, rng: np.random.Generator) -> Float32:
    """Power that a machine adds at fixed rows, over noise of power 1: at the top, and elsewhere."""
    row = np.arange(rows)
    lines = 10 ** rng.uniform(0.5, 3) * np.exp(-row / rng.uniform(0.5, 3))
    for _ in range(rng.integers(0, 4)):
        lines += 10 ** rng.uniform(-0.5, 1.5) * np.exp(-((row - rng.integers(rows)) ** 2) / 1.5)
    return lines.astype(np.float32)


def _grains(
    shape: tuple[int, ...], sigma_px: tuple[float, float], rng: np.random.Generator
) -> Float32:
    """Normal numbers, mean 0 and deviation 1, correlated over a Gaussian."""
    white = rng.standard_normal(shape, np.float32)
    if max(sigma_px) <= 0.15:
        return white
    gain = np.sqrt([float((_taps(sigma) ** 2).sum()) for sigma in sigma_px]).prod()
    grains = blurred(white, *sigma_px)
    grains /= np.float32(gain)
    return grains


@kernel
def _mix(power, grains, floor, noise, few, many, out):  # type: ignore[no-untyped-def]
    one = np.float32(1.0)
    for b in range(power.shape[0]):
        for x in range(power.shape[1]):
            for z in range(power.shape[2]):
                signal = power[b, x, z]
                total = signal + noise
                spread = signal * signal / few
                rest = (total * total - signal * signal) / many
                share = spread / (spread + rest)
                g = np.sqrt(share) * grains[b, x, z] + np.sqrt(one - share) * floor[b, x, z]
                ninth = (spread + rest) / (total * total) / np.float32(9.0)
                root = max(one - ninth + g * np.sqrt(ninth), np.float32(0.0))
                out[b, x, z] = np.sqrt(total * root * root * root)
