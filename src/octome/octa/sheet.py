"""All about one scan on one sheet: what was made of it, or what is true of a simulated eye."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from octome.errors import SurfaceMissing
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.angiography import Angiography
from octome.octa.contact_sheet import contact_sheet
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.phantom.truth import PLEXUSES
from octome.octa.picture import RGB, bscan_picture, enface_picture, flow_picture, with_surfaces
from octome.octa.slab import SLAB_TYPES
from octome.octa.structure import structural_volume

WIDTH = 400  # of each picture, px
FLOW_SLABS = ("superficial", "intermediate", "deep", "outer", "choriocapillaris", "retina")
STRUCTURE_SLABS = ("retina", "choriocapillaris")
STRETCH = 2  # retinas are thin
STRETCHED = "depth twice as high"
ABOVE_UM, BELOW_UM = 60, 150  # shown of a B-scan beyond the retina
OVERLAY_UM = 60  # below Bruch's membrane, where the choroid's flow would cover all


def angiography_sheet(made: Angiography, *, bscan: int | None = None, title: str = "") -> RGB:
    """A B-scan with its surfaces and its flow, and the en face images.

    Parameters
    ----------
    made : Angiography
    bscan : int, optional
        Which B-scan; the middle one if None.
    title : str
        Above all.

    Returns
    -------
    sheet : uint8, (height, width, 3)
    """
    g = made.geometry
    at = made.structure.shape[0] // 2 if bscan is None else bscan
    rows = {name: row[at] for name, row in made.surfaces.rows.items()}
    pictures = bscan_pictures(made.structure[at], rows, g, name=f"B-scan {at}")
    _, flow = bscan_flow_picture(made.structure[at], made.flow[at], rows, g)
    pictures.append((f"flow: {made.method.name}", flow))
    for slabs, of, image in (
        (FLOW_SLABS, "flow", made.flow_enface),
        (STRUCTURE_SLABS, "structure", made.structure_enface),
    ):
        for name in slabs:
            slab = SLAB_TYPES[name].slab
            try:
                picture = enface_of_sheet(image(slab), g)
            except SurfaceMissing:
                continue
            pictures.append((f"{name} {of} ({slab})", picture))
    return contact_sheet(pictures, columns=3, title=title)


def bscan_pictures(
    structure: Float32, rows: Mapping[str, Float32], geometry: ScanGeometry, *, name: str
) -> list[tuple[str, RGB]]:
    """A B-scan about its retina, and the same with its surfaces.

    Parameters
    ----------
    structure : float32, (Z, X)
        Linear amplitude.
    rows : mapping of float32, (X,)
        By name of the surface.
    geometry : ScanGeometry
    name : str
        For the caption.

    Returns
    -------
    pictures : list of (caption, picture)
    """
    part = _retina(rows, structure.shape[0], geometry.axial_um)
    return [
        (f"{name}: structure, {STRETCHED}", _bscan(structure[part], geometry)),
        ("surfaces", _with_rows(structure, rows, part, geometry)),
    ]


def bscan_flow_picture(
    structure: Float32, flow: Float32, rows: Mapping[str, Float32], geometry: ScanGeometry
) -> tuple[str, RGB]:
    """A B-scan with its flow in colour, as far down as the choroid begins; `bscan_pictures`."""
    part = _retina(rows, structure.shape[0], geometry.axial_um)
    shown = np.where(_to_choroid(rows, flow.shape[0], geometry.axial_um), flow, 0)
    return "flow", _flow(structure[part], shown[part], geometry)


def truth_sheet(eye: SimulatedEye) -> RGB:
    """A B-scan of the simulated eye with its true surfaces and vessels, and each plexus en face."""
    g, at = eye.geometry, eye.plan.bscans // 2
    structure = structural_volume(eye.bscans(slice(at, at + 1)))[0]
    motion = eye.truth.motion.axial_px[at].mean()
    rows = {name: row[at] + motion for name, row in eye.truth.surfaces.rows.items()}
    vessels = np.roll(eye.truth.vessels[at], round(float(motion)), axis=0)
    part = _retina(rows, structure.shape[0], g.axial_um)
    blood = (vessels > 0).astype(np.float32)
    pictures = [
        (f"B-scan {at}: {eye.plan.repeats} repeats, {STRETCHED}", _bscan(structure[part], g)),
        ("true surfaces", _with_rows(structure, rows, part, g)),
        ("true vessels", _flow(structure[part], blood[part], g, (0.0, 1.5))),
    ]
    for name, label in PLEXUSES.items():
        seen = (eye.truth.vessels == label).any(axis=1)
        if seen.any():
            pictures.append((f"vessels: {name}", enface_of_sheet(seen.astype(np.float32), g)))
    title = f"Simulated eye: {eye.variant}, seed {eye.seed}"
    return contact_sheet(pictures, columns=3, title=title)


def _bscan(structure: Float32, g: ScanGeometry) -> RGB:
    return bscan_picture(structure, axial_mm=STRETCH * g.axial_mm, ascan_mm=g.ascan_mm, width=WIDTH)


def _flow(
    structure: Float32, flow: Float32, g: ScanGeometry, span: tuple[float, float] | None = None
) -> RGB:
    return flow_picture(
        structure,
        flow,
        axial_mm=STRETCH * g.axial_mm,
        ascan_mm=g.ascan_mm,
        flow_range=span,
        width=WIDTH,
    )


def enface_of_sheet(image: Float32, g: ScanGeometry) -> RGB:
    """An en face image, (B, X), as wide as the other pictures of a sheet."""
    return enface_picture(image, bscan_mm=g.bscan_mm, ascan_mm=g.ascan_mm, width=WIDTH)


def _with_rows(
    structure: Float32, rows: Mapping[str, Float32], part: slice, g: ScanGeometry
) -> RGB:
    """The B-scan's part with its surfaces."""
    moved = {name: row - np.float32(part.start) for name, row in rows.items()}
    return with_surfaces(_bscan(structure[part], g), moved, part.stop - part.start)


def _retina(rows: Mapping[str, Float32], depth: int, axial_um: float) -> slice:
    """The rows about the retina; all where none was found."""
    top, bottom = rows.get("ILM"), rows.get("BM")
    if top is None or bottom is None or np.isnan(top).all() or np.isnan(bottom).all():
        return slice(0, depth)
    first = int(np.nanmin(top) - ABOVE_UM / axial_um)
    last = int(np.nanmax(bottom) + BELOW_UM / axial_um)
    return slice(max(0, first), min(depth, last))


def _to_choroid(rows: Mapping[str, Float32], depth: int, axial_um: float) -> NDArray[np.bool_]:
    """Whether a voxel lies above or little below Bruch's membrane, (Z, X)."""
    if "BM" not in rows:
        return np.ones((depth, 1), bool)
    limit = np.nan_to_num(rows["BM"] + OVERLAY_UM / axial_um, nan=depth)
    return np.asarray(np.arange(depth)[:, None] < limit)
