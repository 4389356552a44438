"""From optical bands to an image: power along each A-scan, the blur of the beam, speckle, noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share
from octome.octa.phantom.arcade import Crossing
from octome.octa.phantom.reflectivity import BANDS, Bands

WALL_UM = 8.0  # of a vessel
WALL_GAIN = 2.0
BLOOD_FADES_UM = 35.0  # depth in blood over which its own light falls to 1/e
FIRST_OF_CHOROID = BANDS.index("choroid")
LAST_OF_CHOROID = BANDS.index("Haller")


@dataclass(frozen=True, kw_only=True)
class Window:
    """What of the eye a B-scan shows."""

    top_um: NDArray[np.float64]
    """Depth of the upper edge of row 0 in each B-scan, (B,)."""
    axial_um: float
    rows: int
    folds: bool
    """Whether what lies above row 0 appears mirrored below it: the complex conjugate."""
    half_depth_um: float
    """Depth below row 0 at which the signal has fallen to half its power."""


@dataclass(frozen=True, kw_only=True)
class Spots:
    """Small ellipses that are brighter or darker than what they lie in, one row each."""

    b: NDArray[np.int64]
    x: NDArray[np.int64]
    depth_um: NDArray[np.float64]
    half_px: NDArray[np.float64]
    """Half the width, A-scans."""
    half_um: NDArray[np.float64]
    gain: NDArray[np.float64]
    """Of power in it."""
    shade: NDArray[np.float64]
    """Share of power that passes it."""


@dataclass(frozen=True, kw_only=True)
class Blood:
    """How the larger vessels look."""

    crossing: Crossing
    middle_um: NDArray[np.float64]
    """Depth of the vessel's middle, (B, X)."""
    power: float
    """At the top of a vessel."""
    loss_per_mm: float


def power_image(
    bands: Bands, window: Window, blood: Blood, choroid: Float32, spots: Spots
) -> Float32:
    """The mean power that returns from each voxel, before any blur.

    Parameters
    ----------
    bands : Bands
    window : Window
    blood : Blood
        The larger vessels, with their walls and shadows.
    choroid : float32, (B, X, rows)
        Its texture, from its top down; a factor of power.
    spots : Spots

    Returns
    -------
    power : float32, (B, X, Z)
    """
    _, bscans, ascans = bands.power.shape
    out = np.zeros((bscans, ascans, window.rows), np.float32)
    crossing = blood.crossing

    def fill(block: slice) -> None:
        for b in range(block.start, block.stop):
            _fill(
                bands.edges_um[:, b],
                bands.power[:, b],
                bands.loss,
                np.stack([crossing.half_um[b], blood.middle_um[b]]),
                np.array([blood.power, blood.loss_per_mm]),
                choroid[b],
                np.array([window.top_um[b], window.axial_um, window.half_depth_um]),
                window.folds,
                out[b],
            )
            mine = spots.b == b
            rows = (spots.depth_um[mine] - window.top_um[b]) / window.axial_um
            half_rows = spots.half_um[mine] / window.axial_um
            ellipses = np.stack([spots.x[mine], rows, spots.half_px[mine], half_rows])
            _spot(ellipses, spots.gain[mine], spots.shade[mine], out[b])

    share(fill, bscans)
    return out


@kernel
def _fill(edges, power, loss, vessel, blood, choroid, window, folds, out):  # type: ignore[no-untyped-def]
    """Each A-scan from far above the window down: bands, blood, and the light that is left."""
    ascans, rows = out.shape
    top, axial, half_depth = window
    bands = len(loss)
    first = -rows if folds else 0
    per_row = np.exp(-loss * axial / 1000)
    blood_row = np.exp(-blood[1] * axial / 1000)
    for x in range(ascans):
        band = 0
        left = 1.0
        # Light lost above the window.
        while band + 1 < bands and edges[band + 1, x] <= top + first * axial:
            if band > 0:
                left *= np.exp(-loss[band] * (edges[band + 1, x] - edges[band, x]) / 1000)
            band += 1
        upper, lower = vessel[1, x] - vessel[0, x], vessel[1, x] + vessel[0, x]
        choroid_top = edges[FIRST_OF_CHOROID, x]
        for z in range(first, rows):
            begin, end = top + z * axial, top + (z + 1) * axial
            total = 0.0
            at = begin
            while True:
                stop = min(end, edges[band + 1, x]) if band + 1 < bands else end
                if stop > at:
                    value = power[band, x]
                    if FIRST_OF_CHOROID <= band <= LAST_OF_CHOROID:
                        deep = int((begin - choroid_top) / axial)
                        value *= choroid[x, min(max(deep, 0), choroid.shape[1] - 1)]
                    total += value * (stop - at)
                    at = stop
                if at >= end or band + 1 >= bands:
                    break
                band += 1
            value = total / axial * left
            left *= per_row[band]
            if vessel[0, x] > 0 and end > upper and begin < lower:
                deep = max(0.0, begin - upper)
                value = blood[0] * left * np.exp(-deep / BLOOD_FADES_UM)
                if deep < WALL_UM or end > lower - WALL_UM:
                    value *= WALL_GAIN
                left *= blood_row
            row = z if z >= 0 else -z - 1
            out[x, row] += value * 0.5 ** (row * axial / half_depth)


@kernel
def _spot(ellipses, gain, shade, out):  # type: ignore[no-untyped-def]
    ascans, rows = out.shape
    for n in range(ellipses.shape[1]):
        x, z, half_x, half_z = ellipses[:, n]
        for i in range(max(0, int(np.ceil(x - half_x))), min(ascans, int(x + half_x) + 1)):
            chord = half_z * np.sqrt(max(0.0, 1 - ((i - x) / half_x) ** 2))
            first = max(0, int(np.floor(z - chord)))
            last = min(rows, int(np.floor(z + chord)) + 1)
            for k in range(first, last):
                covered = min(z + chord, k + 1.0) - max(z - chord, float(k))
                if covered > 0:
                    out[i, k] *= 1 + (gain[n] - 1) * covered
            if shade[n] < 1:
                for k in range(max(0, last), rows):
                    out[i, k] *= shade[n]


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
