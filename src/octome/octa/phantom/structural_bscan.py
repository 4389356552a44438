"""From optical bands to the power of each voxel: vessels, their shadows, what is mirrored."""

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
