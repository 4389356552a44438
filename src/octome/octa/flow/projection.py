"""Removal of the flow that vessels project onto what lies below them.

Light that has passed blood returns changed from every depth below it, so static tissue under a
vessel seems to flow, the more the brighter it is.
"""

from __future__ import annotations

import numpy as np

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.flow.methods import FlowMethod
from octome.octa.kernel import kernel, share

# Path in blood after which 63 % of the light has become moving.
TAIL_UM = 25.0
# Weights of neighbouring voxels, along Z and X: single voxels of flow are too noisy to add up.
ALONG_Z = np.array([0.054, 0.244, 0.404, 0.244, 0.054], np.float32)
ALONG_X = np.array([0.23, 0.54, 0.23], np.float32)


def projections_removed(
    flow: Float32,
    structure: Float32,
    ilm: Float32,
    bm: Float32,
    *,
    axial_mm: float,
    noise_floor: float,
    method: FlowMethod,
    tail_um: float = TAIL_UM,
) -> Float32:
    """The flow minus what the vessels above project onto each voxel.

    Parameters
    ----------
    flow : float32, (B, Z, X)
        NaN B-scans stay NaN.
    structure : float32, (B, Z, X)
        Linear amplitude.
    ilm, bm : float32, (B, X)
        Rows of the ILM and of Bruch's membrane, between which flow is added up; A-scans where
        either is NaN are not changed.
    axial_mm : float
        Between rows.
    noise_floor : float
        Linear amplitude: what is darker is not tissue.
    method : FlowMethod
        Which algorithm computed the flow: how it grows with brightness, and where it saturates.
    tail_um : float
        Path in blood, um, after which 63 % of the light has become moving.

    Returns
    -------
    flow : float32, (B, Z, X)
        0 or more, in the units of `flow`.

    Raises
    ------
    ShapeMismatch
        Arrays that do not fit together.

    Notes
    -----
    The moving share of the light is the flow over the brightness: 0 at the retina's median, 1 for
    what is new in each repeat. Blood on the path adds up from above, as in step-down exponential
    filtering, and makes a share of the light from below move; that share is subtracted. Flow that
    grows as amplitude is squared first, because powers add up. Blood in the tail of other blood
    loses as much. (Dividing the remainder by the unmoved share would restore it, but amplified
    the noise more.)

    References
    ----------
    Mahmud et al. 2013, https://doi.org/10.1117/1.JBO.18.5.050901 (step-down filtering); Wang et
    al. 2017, https://doi.org/10.1364/BOE.8.001536 (projections follow reflectance). Rejecting all
    but successive peaks (Zhang et al. 2016, https://doi.org/10.1364/BOE.7.000816) was less specific
    at equal sensitivity on the simulated eye, as whole vessels went with the noise.
    """
    shape = (flow.shape[0], flow.shape[-1])
    if flow.ndim != 3 or structure.shape != flow.shape or ilm.shape != shape or bm.shape != shape:
        raise ShapeMismatch(
            "flow and structure are (B, Z, X), ilm and bm (B, X); found "
            f"{flow.shape}, {structure.shape}, {ilm.shape} and {bm.shape}",
            found=(flow.shape, structure.shape, ilm.shape, bm.shape),
        )
    floor = np.float32(max(float(noise_floor), 1e-30))
    power = method.amplitude_power
    # Amplitudes add up as powers; the other measures are power, or as good as.
    square = 2 if power == 1 else 1
    rest = np.float32(_flow_at_rest(flow, structure, ilm, bm, floor, power) ** square)
    span = np.float32(max(float(method.saturation**square - rest), 1e-6))
    out = flow.copy()
    tail_rows = np.float32(tail_um / (axial_mm * 1000))

    def remove(block: slice) -> None:
        for b in range(block.start, block.stop):
            here = (flow[b], structure[b])
            moving = _moving(
                *here, ilm[b], bm[b], floor, (power, square), rest, span, ALONG_Z, ALONG_X
            )
            _subtract(*here, moving, (power, square), span, tail_rows, out[b])

    share(remove, len(flow))
    return out


def _flow_at_rest(
    flow: Float32, structure: Float32, ilm: Float32, bm: Float32, floor: np.float32, power: int
) -> float:
    """Median flow per brightness over the retina, from some B-scans: most of it is not blood."""
    found = []
    rows = np.arange(flow.shape[1])[:, None]
    for b in np.unique(np.linspace(0, len(flow) - 1, 32).astype(int)):
        inside = (rows >= ilm[b]) & (rows <= bm[b]) & (structure[b] >= floor) & (flow[b] >= 0)
        found.append(flow[b][inside] / structure[b][inside] ** power)
    values = np.concatenate(found)
    return float(np.median(values)) if len(values) else 0.0


@kernel
def _moving(  # type: ignore[no-untyped-def]
    flow, structure, ilm, bm, floor, powers, rest, span, along_z, along_x
):
    """Share of the light of each voxel between ILM and BM that moves, smoothed, 0 to 1.5."""
    depth, ascans = flow.shape
    half_z, half_x = len(along_z) // 2, len(along_x) // 2
    line = np.empty(ascans, np.float32)
    smooth = np.zeros((depth, ascans), np.float32)
    for z in range(depth):
        for x in range(ascans):
            line[x] = 0
            if structure[z, x] >= floor and flow[z, x] >= 0:
                line[x] = (flow[z, x] / structure[z, x] ** powers[0]) ** powers[1]
        for x in range(ascans):
            total = np.float32(0.0)
            for n in range(len(along_x)):
                total += along_x[n] * line[min(max(x + n - half_x, 0), ascans - 1)]
            smooth[z, x] = total
    moving = np.zeros((depth, ascans), np.float32)
    for z in range(depth):
        for x in range(ascans):
            # Comparisons with NaN are false.
            if ilm[x] <= z <= bm[x]:
                total = np.float32(0.0)
                for n in range(len(along_z)):
                    total += along_z[n] * smooth[min(max(z + n - half_z, 0), depth - 1), x]
                # Speckle lets single voxels pass the mean of what is new in each repeat.
                moving[z, x] = min(max((total - rest) / span, np.float32(0)), np.float32(1.5))
    return moving


@kernel
def _subtract(flow, structure, moving, powers, span, tail_rows, out):  # type: ignore[no-untyped-def]
    """Subtract what the blood above each voxel projects onto it; NaN flow stays."""
    passed = np.zeros(flow.shape[1], np.float32)
    nothing = np.float32(0.0)
    for z in range(flow.shape[0]):
        for x in range(flow.shape[1]):
            thrown = np.float32(1.0) - np.exp(-passed[x] / tail_rows)
            if thrown > 0 and flow[z, x] > 0:
                light = structure[z, x] ** (powers[0] * powers[1])
                left = max(flow[z, x] ** powers[1] - light * thrown * span, nothing)
                out[z, x] = np.sqrt(left) if powers[1] == 2 else left
            # Projected flow is not blood: it does not project further.
            passed[x] += max(moving[z, x] - thrown, nothing)
