"""One scan on one sheet: B-scans with their surfaces and flow, and the en face images."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from octome.errors import SurfaceMissing
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.angiography import Angiography
from octome.octa.contact_sheet import contact_sheet
from octome.octa.picture import (
    RGB,
    bscan_picture,
    enface_picture,
    flow_picture,
    picture_size,
    resized,
    with_surfaces,
)
from octome.octa.slab import SLAB_TYPES
from octome.octa.verdict import Verdict

WIDTH = 400  # of each picture, px
FLOW_SLABS = ("superficial", "intermediate", "deep", "outer", "choriocapillaris", "retina")
STRUCTURE_SLABS = ("retina", "choriocapillaris")
STRETCH = 2  # retinas are thin
STRETCHED = "depth at twice the scale"
ABOVE_UM, BELOW_UM = 60, 150  # shown of a B-scan beyond the retina
OVERLAY_UM = 60  # below Bruch's membrane, where the choroid's flow would cover all


def angiography_sheet(result: Angiography, *, bscan: int | None = None, title: str = "") -> RGB:
    """A B-scan with its surfaces and its flow, and the en face images.

    Parameters
    ----------
    result : Angiography
    bscan : int, optional
        Which B-scan; the middle one if None.
    title : str
        Above all.

    Returns
    -------
    sheet : uint8, (height, width, 3)
    """
    g = result.geometry
    at = result.structure.shape[0] // 2 if bscan is None else bscan
    rows = {name: row[at] for name, row in result.surfaces.rows.items()}
    verdict = result.surfaces.verdict
    pictures = bscan_pictures(result.structure[at], rows, g, name=f"B-scan {at}", verdict=verdict)
    _, flow = bscan_flow_picture(result.structure[at], result.flow[at], rows, g)
    pictures.append((f"flow: {result.method.name}", flow))
    for slabs, of, image in (
        (FLOW_SLABS, "flow", result.flow_enface),
        (STRUCTURE_SLABS, "structure", result.structure_enface),
    ):
        for name in slabs:
            slab = SLAB_TYPES[name].slab
            try:
                picture = sheet_enface(image(slab), g)
            except SurfaceMissing:
                continue
            pictures.append((f"{name} {of} ({slab})", picture))
    return contact_sheet(pictures, columns=3, title=title)


def bscan_pictures(
    structure: Float32,
    rows: Mapping[str, Float32],
    geometry: ScanGeometry,
    *,
    name: str,
    verdict: Verdict | None = None,
    found_by: str = "",
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
    verdict : Verdict, optional
        On the surfaces, for theirs.
    found_by : str
        The device or the software whose surfaces they are; empty if octome found them.

    Returns
    -------
    pictures : list of (caption, picture)
    """
    part = retina_rows(rows, structure.shape[0], geometry.axial_um)
    surfaces = f"surfaces of {found_by}" if found_by else "surfaces"
    return [
        (f"{name}: structure, {STRETCHED}", sheet_bscan(structure[part], geometry)),
        (
            surfaces if verdict is None else f"{surfaces}: {verdict}",
            sheet_surfaces(structure, rows, part, geometry),
        ),
    ]


def bscan_flow_picture(
    structure: Float32, flow: Float32, rows: Mapping[str, Float32], geometry: ScanGeometry
) -> tuple[str, RGB]:
    """A B-scan with its flow in colour, as far down as the choroid begins; `bscan_pictures`."""
    part = retina_rows(rows, structure.shape[0], geometry.axial_um)
    shown = np.where(above_choroid(rows, flow.shape[0], geometry.axial_um), flow, 0)
    return "flow", sheet_flow(structure[part], shown[part], geometry)


def sheet_bscan(structure: Float32, g: ScanGeometry) -> RGB:
    """A B-scan, (Z, X), as wide as the other pictures of a sheet, its depth stretched."""
    return bscan_picture(structure, axial_mm=STRETCH * g.axial_mm, ascan_mm=g.ascan_mm, width=WIDTH)


def sheet_flow(
    structure: Float32, flow: Float32, g: ScanGeometry, span: tuple[float, float] | None = None
) -> RGB:
    """A B-scan with its flow in colour; `span` are the values that get the first and last one."""
    return flow_picture(
        structure,
        flow,
        axial_mm=STRETCH * g.axial_mm,
        ascan_mm=g.ascan_mm,
        flow_range=span,
        width=WIDTH,
    )


def sheet_enface(image: Float32, g: ScanGeometry) -> RGB:
    """An en face image, (B, X), as wide as the other pictures of a sheet."""
    return enface_picture(image, bscan_mm=g.bscan_mm, ascan_mm=g.ascan_mm, width=WIDTH)


def sheet_colours(colours: RGB, g: ScanGeometry) -> RGB:
    """An en face image in colour, (B, X, 3), as wide as the other pictures of a sheet."""
    size = picture_size(colours[..., 0].astype(np.float32), (g.bscan_mm, g.ascan_mm), WIDTH)
    return resized(colours, size, Image.Resampling.NEAREST)


def sheet_surfaces(
    structure: Float32, rows: Mapping[str, Float32], part: slice, g: ScanGeometry
) -> RGB:
    """The B-scan's part with its surfaces."""
    moved = {name: row - np.float32(part.start) for name, row in rows.items()}
    return with_surfaces(sheet_bscan(structure[part], g), moved, part.stop - part.start)


def retina_rows(rows: Mapping[str, Float32], depth: int, axial_um: float) -> slice:
    """The rows about the retina; all where none was found."""
    top, bottom = rows.get("ILM"), rows.get("BM")
    if top is None or bottom is None or np.isnan(top).all() or np.isnan(bottom).all():
        return slice(0, depth)
    first = int(np.nanmin(top) - ABOVE_UM / axial_um)
    last = int(np.nanmax(bottom) + BELOW_UM / axial_um)
    return slice(max(0, first), min(depth, last))


def above_choroid(rows: Mapping[str, Float32], depth: int, axial_um: float) -> NDArray[np.bool_]:
    """Whether a voxel lies above or little below Bruch's membrane, (Z, X)."""
    if "BM" not in rows:
        return np.ones((depth, 1), bool)
    limit = np.nan_to_num(rows["BM"] + OVERLAY_UM / axial_um, nan=depth)
    return np.asarray(np.arange(depth)[:, None] < limit)
