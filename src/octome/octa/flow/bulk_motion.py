"""Flow that all tissue of an A-scan shares is not flow: the eye moved."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share

ASCANS_ABOUT = 15  # A-scans whose tissue gives the bulk motion of the one in their middle
BSCANS_ABOUT = 21  # B-scans whose typical level is what an eye at rest shows
LEVELS = 512  # of the histogram in which a median is found


def bulk_motion_removed(flow: Float32, structure: Float32, *, noise_floor: float) -> Float32:
    """The flow minus each A-scan's excess over its neighbourhood.

    The eye's own motion raises the flow of static tissue too, for the A-scans recorded meanwhile.
    The level of an A-scan is the median over the tissue of the A-scans about it; what it has over
    the median of that level over the B-scans about it is taken off the whole A-scan.

    Parameters
    ----------
    flow : float32, (B, Z, X)
        Any method's; NaN B-scans stay NaN.
    structure : float32, (B, Z, X)
        Linear amplitude.
    noise_floor : float
        Linear amplitude: what is darker is not tissue.

    Returns
    -------
    flow : float32, (B, Z, X)
        0 or more, in the units of `flow`.

    Raises
    ------
    ShapeMismatch
        `flow` and `structure` differ in shape.

    References
    ----------
    Based on the median subtraction of Jia et al. 2012 (https://doi.org/10.1364/OE.20.004710), taken
    per A-scan, and relative to the neighbourhood, so that noise in dim tissue stays what it is.
    """
    if flow.shape != structure.shape or flow.ndim != 3:
        raise ShapeMismatch(
            f"flow and structure are both (B, Z, X); found {flow.shape} and {structure.shape}",
            found=(flow.shape, structure.shape),
        )
    level = tissue_level(flow, structure, noise_floor)
    excess = np.maximum(level - _typical(level), 0)
    # Where there is no tissue, nothing is subtracted.
    excess = np.nan_to_num(excess).astype(np.float32)
    out = np.empty(flow.shape, np.float32)

    def take_off(block: slice) -> None:
        np.subtract(flow[block], excess[block, None, :], out=out[block])
        np.maximum(out[block], 0, out=out[block])

    share(take_off, len(flow))
    return out


def _typical(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of the level over the B-scans about each, A-scan by A-scan."""
    half = BSCANS_ABOUT // 2
    padded = np.pad(level, ((half, half), (0, 0)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, BSCANS_ABOUT, axis=0)
    with warnings.catch_warnings():
        # An A-scan without tissue anywhere has no typical level: it is NaN.
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
        return np.asarray(np.nanmedian(windows, axis=-1))


def tissue_level(flow: Float32, structure: Float32, noise_floor: float) -> NDArray[np.float64]:
    """Median flow of the tissue about each A-scan, (B, X); NaN where there is no tissue."""
    most = float(np.nanmax(flow, initial=0.0)) or 1.0
    level = np.full((flow.shape[0], flow.shape[2]), np.nan)

    def measure(block: slice) -> None:
        for b in range(block.start, block.stop):
            counts = np.zeros((flow.shape[2], LEVELS), np.int32)
            _count_levels(flow[b], structure[b], noise_floor, np.float32(LEVELS / most), counts)
            about = ndimage.uniform_filter1d(
                counts.astype(np.float64), ASCANS_ABOUT, axis=0, mode="nearest"
            )
            _find_median(about, most / LEVELS, level[b])

    share(measure, flow.shape[0])
    return level


@kernel
def _count_levels(flow, structure, noise_floor, per_flow, counts):  # type: ignore[no-untyped-def]
    depth, ascans = flow.shape
    last = counts.shape[1] - 1
    for z in range(depth):
        for x in range(ascans):
            # Comparisons with NaN are false.
            if structure[z, x] > noise_floor and flow[z, x] >= 0:
                counts[x, min(int(flow[z, x] * per_flow), last)] += 1


@kernel
def _find_median(counts, step, level):  # type: ignore[no-untyped-def]
    for x in range(counts.shape[0]):
        total = 0.0
        for n in range(counts.shape[1]):
            total += counts[x, n]
        if total < 0.5:
            continue
        reached = 0.0
        for n in range(counts.shape[1]):
            if reached + counts[x, n] >= total / 2:
                level[x] = (n + (total / 2 - reached) / counts[x, n]) * step
                break
            reached += counts[x, n]
