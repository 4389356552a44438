"""What speaks for and against each surface at each A-scan, however it was found.

From the ranks and the rows alone: what the surface looks like where it was put and close by, what
the retina around it looks like, and how the surface runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.band import flattened, jumps, smoothed

Feature = Literal[
    "step", "prominence", "away_um", "usual_step", "signal", "haze", "inner", "outer", "shadow",
    "rough_um", "apart_um", "slope", "above", "below", "retina_um", "usual_layering", "edge_um",
    "row_um", "own",
]  # fmt: skip
FEATURES: tuple[Feature, ...] = get_args(Feature)
# Of the step in brightness downwards; 0 for the middle of a bright line.
SIGNS = {
    "ILM": 1, "RNFL": -1, "GCL": 1, "IPL": -1, "INL": 1, "OPL": -1, "ELM": 0, "EZ": 0, "RPE": 0,
    "BM": -1,
}  # fmt: skip
REACH_UM, STEP_UM = 36.0, 4.0  # of the profile across a surface, either way
EDGE_UM, LINE_UM, FLANK_UM = 12.0, 4.0, 16.0  # compared: next to an edge, of a line, next to it
NEAR_UM = 24.0  # where the surface might lie as well
SIGMA_UM, WIDE_UM, ROUGH_UM = 20.0, 200.0, 60.0
ROWS = 16
VITREOUS_UM = (80.0, 12.0)  # above the ILM, from and to
ONL_UM, ONL = (70.0, 20.0), (0.45, 0.15)  # above the EZ, at most; of the depth from ILM to EZ
ABOVE_ONL, BELOW_ONL = 0.03, 0.1  # ranks: how much brighter these parts of a retina are
FAR_UM = 150.0  # more of an edge of the scan does not count


def evidence(
    ranks: Float32,
    rows: Mapping[str, Float32],
    geometry: ScanGeometry,
    noise: float,
    *,
    own: Mapping[str, Float32] | None = None,
) -> dict[str, Float32]:
    """All features of each surface.

    Parameters
    ----------
    ranks : float32, (B, Z, X)
        As `tissue_rank` gives them.
    rows : mapping of float32, (B, X)
        By name of `SIGNS`, in px. What is NaN is bridged.
    geometry : ScanGeometry
    noise : float
        Standard deviation of the noise in one voxel, in ranks.
    own : mapping of float32, (B, X), optional
        What the method that found the surfaces says of each itself, 0 to 1; 0 if None.

    Returns
    -------
    evidence : dict of float32, (F, B, X)
        In the order of `FEATURES`, by name of the surface. Finite.
    """
    um = geometry.axial_um
    whole = {name: bridged(rows[name]) for name in SIGNS}
    ordered = np.maximum.accumulate([whole[name] for name in SIGNS], axis=0)
    common = _retina(ranks, dict(zip(SIGNS, ordered, strict=True)), geometry, noise)
    retina = np.maximum(ordered[-1] - ordered[0], 1)
    found = {}
    for at, (name, sign) in enumerate(SIGNS.items()):
        row = ordered[at]
        upper, lower = ordered[max(at - 1, 0)], ordered[min(at + 1, len(ordered) - 1)]
        edge = np.minimum(row, ranks.shape[1] - 1 - row) * um
        features = {
            **_look(ranks, row, sign, geometry),
            **common,
            **_run(row, geometry),
            "above": (row - upper) / retina,
            "below": (lower - row) / retina,
            "edge_um": np.clip(edge, 0, FAR_UM),
            "row_um": np.full_like(row, um),
            "own": np.zeros_like(row) if own is None else own[name],
        }
        stack = np.stack([np.broadcast_to(features[each], row.shape) for each in FEATURES])
        found[name] = np.nan_to_num(stack).astype(np.float32)
    return found


def is_layered(features: Float32) -> NDArray[np.bool_]:
    """Whether an A-scan looks like a retina: the dark ONL lies between two brighter parts.

    All retinas do. Skin, a wall or noise may have edges where surfaces are found, but not that.

    Parameters
    ----------
    features : float32, (F, B, X)
        `evidence` for the ILM.
    """
    inner, outer = (features[FEATURES.index(name)] for name in ("inner", "outer"))
    return np.asarray((inner > ABOVE_ONL) & (outer > BELOW_ONL))


def bridged(row: Float32) -> Float32:
    """A surface, (B, X), with straight lines across what is NaN; 0 where there is nothing.

    >>> bridged(np.float32([[np.nan, 2, np.nan, 4]])).tolist()
    [[2.0, 2.0, 3.0, 4.0]]
    """
    out = row.copy()
    x = np.arange(row.shape[1])
    for line in out:
        known = np.isfinite(line)
        line[~known] = np.interp(x[~known], x[known], line[known]) if known.any() else 0
    return out


def _look(
    ranks: Float32, row: Float32, sign: int, geometry: ScanGeometry
) -> dict[Feature, Float32]:
    """How strong the edge or the line is here, against all within `NEAR_UM`."""
    reach = np.float32(REACH_UM / geometry.axial_um)
    count = 2 * round(REACH_UM / STEP_UM) + 1
    profile = flattened(ranks, row - reach, row + reach, count)
    profile = smoothed(profile, SIGMA_UM, geometry)
    sums = np.cumsum(np.pad(profile, [(0, 0), (0, 0), (1, 0)]), axis=2)
    middle, near = count // 2, round(NEAR_UM / STEP_UM)
    strength = np.stack(
        [_strength(sums, middle + k, sign) for k in range(-near, near + 1)], axis=-1
    )
    here, most = strength[..., near], strength.max(axis=-1)
    away = np.abs(strength.argmax(axis=-1) - near) * np.float32(STEP_UM)
    usual = np.median(here)
    return {
        "step": here,
        "prominence": here / np.maximum(most, np.float32(0.02)),
        "away_um": away.astype(np.float32),
        "usual_step": np.full_like(here, usual),
    }


def _strength(sums: Float32, at: int, sign: int) -> Float32:
    """The step, or how much a line stands out, at one place of the profile."""

    def mean(first: int, last: int) -> Float32:
        first, last = max(first, 0), min(last, sums.shape[2] - 2)
        return np.asarray((sums[..., last + 1] - sums[..., first]) / max(last - first + 1, 1))

    edge, line, flank = (round(each / STEP_UM) for each in (EDGE_UM, LINE_UM, FLANK_UM))
    if sign:
        return sign * (mean(at + 1, at + edge) - mean(at - edge, at - 1))
    return mean(at - line, at + line) - (
        mean(at - line - flank, at - line - 1) + mean(at + line + 1, at + line + flank)
    ) / np.float32(2)


def _retina(
    ranks: Float32, rows: Mapping[str, Float32], geometry: ScanGeometry, noise: float
) -> dict[Feature, Float32]:
    """What the retina looks like as a whole: signal, haze, the dark ONL, shadows."""
    um = geometry.axial_um
    ilm, ez, bm = rows["ILM"], rows["EZ"], rows["BM"]
    deep = np.maximum(ez - ilm, 1)
    onl = [ez - np.minimum(most / um, part * deep) for most, part in zip(ONL_UM, ONL, strict=True)]
    parts = (
        (ilm, np.maximum(bm, ilm + 1)),
        (ilm - np.float32(VITREOUS_UM[0] / um), ilm - np.float32(VITREOUS_UM[1] / um)),
        (ilm, ilm + deep / 2),
        (onl[0], onl[1]),
        (ez, np.maximum(bm, ez + 1)),
    )
    levels = [
        flattened(ranks, top.astype(np.float32), bottom.astype(np.float32), ROWS).mean(axis=2)
        for top, bottom in parts
    ]
    retina, vitreous, inner, dark, outer = np.moveaxis(
        smoothed(np.stack(levels, -1), SIGMA_UM, geometry), -1, 0
    )
    width = WIDE_UM / 1000 / geometry.ascan_mm
    usual = gaussian_filter1d(outer, width, axis=1, mode="nearest")
    has_onl = (inner > dark) & (outer > dark)
    return {
        "signal": np.log(np.maximum(retina, 0.01) / np.float32(max(noise, 0.02))),
        "haze": np.clip(vitreous / np.maximum(retina, 0.02), -1, 3),
        "inner": inner - dark,
        "outer": outer - dark,
        "shadow": outer / np.maximum(usual, 0.02),
        "retina_um": (bm - ilm) * np.float32(um),
        "usual_layering": np.full_like(ilm, has_onl.mean()),
    }


def _run(row: Float32, geometry: ScanGeometry) -> dict[Feature, Float32]:
    """How a surface runs: unlike its neighbours in X, unlike those in B, how steep."""
    um = np.float32(geometry.axial_um)
    along = gaussian_filter1d(row, ROUGH_UM / 1000 / geometry.ascan_mm, axis=1, mode="nearest")
    apart = np.zeros_like(row)
    if len(row) > 1:
        even = row - jumps(row)
        reach = max(1.0, ROUGH_UM / 1000 / geometry.bscan_mm)
        apart = even - gaussian_filter1d(even, reach, axis=0, mode="nearest")
    slope = np.gradient(along, axis=1) * np.float32(geometry.axial_mm / geometry.ascan_mm)
    return {
        "rough_um": np.abs(row - along) * um,
        "apart_um": np.abs(apart) * um,
        "slope": np.abs(slope),
    }
