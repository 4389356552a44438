"""Flow that vessels throw onto what lies below them, taken away.

Light that has passed blood returns changed from every depth below it, so static tissue under a
vessel seems to flow, the more the brighter it is.
"""

from __future__ import annotations

import numpy as np

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share

# Share of the light that becomes moving per micrometre of full flow passed.
PER_UM = 0.02
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
    amplitude_power: int = 0,
    per_um: float = PER_UM,
) -> Float32:
    """The flow less what the vessels above would throw onto each voxel.

    Parameters
    ----------
    flow : float32, (B, Z, X)
        NaN B-scans stay NaN.
    structure : float32, (B, Z, X)
        Linear amplitude.
    ilm, bm : float32, (B, X)
        Rows of the ILM and of Bruch's membrane, between which flow is added up; A-scans where
        either is NaN are left as they are.
    axial_mm : float
        Between rows.
    noise_floor : float
        Linear amplitude: what is darker is no tissue.
    amplitude_power : int
        How the method's flow grows with brightness: 0, 1 or 2 (`FlowMethod.amplitude_power`).
    per_um : float
        Share of the light that becomes moving per micrometre of full flow passed.

    Returns
    -------
    flow : float32, (B, Z, X)
        0 or more, in the units of `flow`.

    Raises
    ------
    ShapeMismatch
        Arrays that do not fit together.

    References
    ----------
    The flow passed is added up from above as in step-down exponential filtering (Mahmud et al.
    2013, https://doi.org/10.1117/1.JBO.18.5.050901); what it throws is taken to be proportional to
    reflectance and subtracted, as in reflectance-based projection-resolved angiography (Wang et
    al. 2017, https://doi.org/10.1364/BOE.8.001536), not the whole voxel rejected: at equal
    sensitivity this kept the deep plexus of the simulated eye more specific than either the filter
    or the rejection of all but successive peaks (Zhang et al. 2016,
    https://doi.org/10.1364/BOE.7.000816).
    """
    shape = (flow.shape[0], flow.shape[-1])
    if flow.ndim != 3 or structure.shape != flow.shape or ilm.shape != shape or bm.shape != shape:
        raise ShapeMismatch(
            "flow and structure are (B, Z, X), ilm and bm (B, X); found "
            f"{flow.shape}, {structure.shape}, {ilm.shape} and {bm.shape}",
            found=(flow.shape, structure.shape, ilm.shape, bm.shape),
        )
    floor = np.float32(max(noise_floor, 1e-30))
    still = _flow_at_rest(flow, structure, ilm, bm, floor, amplitude_power)
    out = flow.copy()
    per_row = np.float32(per_um * axial_mm * 1000)

    def remove(block: slice) -> None:
        for b in range(block.start, block.stop):
            here = (flow[b], structure[b])
            above = _excess(*here, ilm[b], bm[b], floor, amplitude_power, still, ALONG_Z, ALONG_X)
            _subtract(*here, above, amplitude_power, per_row, out[b])

    share(remove, len(flow))
    return out


def _flow_at_rest(
    flow: Float32, structure: Float32, ilm: Float32, bm: Float32, floor: np.float32, power: int
) -> np.float32:
    """Median flow per brightness over the retina: most of it is not blood. Of some B-scans."""
    found = []
    rows = np.arange(flow.shape[1])[:, None]
    for b in np.unique(np.linspace(0, len(flow) - 1, 32).astype(int)):
        inside = (rows >= ilm[b]) & (rows <= bm[b]) & (structure[b] >= floor) & (flow[b] >= 0)
        found.append(flow[b][inside] / structure[b][inside] ** power)
    values = np.concatenate(found)
    return np.float32(np.median(values)) if len(values) else np.float32(0)


@kernel
def _excess(flow, structure, ilm, bm, floor, power, still, along_z, along_x):  # type: ignore[no-untyped-def]
    """Flow per brightness above that of resting tissue, smoothed, between ILM and BM."""
    depth, ascans = flow.shape
    half_z, half_x = len(along_z) // 2, len(along_x) // 2
    line = np.empty(ascans, np.float32)
    smooth = np.zeros((depth, ascans), np.float32)
    for z in range(depth):
        for x in range(ascans):
            line[x] = 0
            if structure[z, x] >= floor and flow[z, x] >= 0:
                line[x] = flow[z, x] / structure[z, x] ** power
        for x in range(ascans):
            total = np.float32(0.0)
            for n in range(len(along_x)):
                total += along_x[n] * line[min(max(x + n - half_x, 0), ascans - 1)]
            smooth[z, x] = total
    excess = np.zeros((depth, ascans), np.float32)
    for z in range(depth):
        for x in range(ascans):
            # NaN is never between.
            if ilm[x] <= z <= bm[x]:
                total = np.float32(0.0)
                for n in range(len(along_z)):
                    total += along_z[n] * smooth[min(max(z + n - half_z, 0), depth - 1), x]
                excess[z, x] = max(total - still, np.float32(0.0))
    return excess


@kernel
def _subtract(flow, structure, excess, power, per_row, out):  # type: ignore[no-untyped-def]
    """Take off what the excess above each voxel throws onto it; NaN flow stays."""
    passed = np.zeros(flow.shape[1], np.float32)
    for z in range(flow.shape[0]):
        for x in range(flow.shape[1]):
            if passed[x] > 0:
                share_moving = np.float32(1.0) - np.exp(-per_row * passed[x])
                if flow[z, x] > 0:
                    thrown = structure[z, x] ** power * share_moving
                    out[z, x] = max(flow[z, x] - thrown, np.float32(0.0))
                # What is thrown here is no blood that would throw further.
                passed[x] += max(excess[z, x] - share_moving, np.float32(0.0))
            else:
                passed[x] += excess[z, x]
