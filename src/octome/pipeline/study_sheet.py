"""A study on one sheet: a B-scan with its surfaces and its flow, and every en face image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from octome.instances.enface_image import StoredEnface, read_enface_image
from octome.instances.file import read_instance
from octome.instances.frame_position import frame_places
from octome.instances.instance_kind import ENFACE_CLASS
from octome.instances.scan_track import ScanTrack
from octome.instances.surface_segmentation import StoredSurfaces
from octome.octa.acquisition import ScanGeometry
from octome.octa.contact_sheet import contact_sheet
from octome.octa.picture import RGB
from octome.octa.scan_picture import fundus_picture, thickness_chart
from octome.octa.scan_sheet import (
    WIDTH,
    bscan_flow_picture,
    bscan_pictures,
    sheet_colours,
    sheet_enface,
)
from octome.octa.surface import SurfaceMaps
from octome.octa.thickness import LAYERS, thickness_um
from octome.pipeline.coverage import LEAST_FILLED
from octome.pipeline.study import Study


def study_sheet(study: Study, *, title: str = "") -> NDArray[np.uint8]:
    """The sheet, uint8, (height, width, 3), from stored instances; nothing is computed again."""
    grid = study.structure.placement
    at = grid.shape[0] // 2
    rows = {name: row[at] for name, row in study.maps.rows.items()}
    structure = study.structure_values[at]
    pictures = bscan_pictures(
        structure,
        rows,
        grid.geometry,
        name=f"B-scan {at}",
        verdict=study.maps.verdict,
        found_by=study.surfaces.found_by if isinstance(study.surfaces, StoredSurfaces) else "",
    )
    if study.has_flow:
        pictures.append(bscan_flow_picture(structure, study.flow_values[at], rows, grid.geometry))
    if isinstance(grid, ScanTrack):
        pictures += _thickness(study.maps, grid, at)
    pictures += _where(study)
    images = [
        read_enface_image(entry.path)
        for entry in study.entries
        if entry.header.SOPClassUID == ENFACE_CLASS
    ]
    images.sort(key=lambda image: "flow" not in _kind(image.header))
    for image in images:
        row_mm, column_mm = image.spacing_mm
        geometry = ScanGeometry(grid.geometry.axial_mm, column_mm, row_mm)
        values = image.values()
        filled = float(np.isfinite(values).mean())
        caption = _caption(image.header)
        if filled < LEAST_FILLED:
            caption = f"MOSTLY EMPTY, {filled:.0%} has a value: {caption}"
        pictures.append((caption, _enface_picture(image, geometry)))
    # Without en face images there are few pictures.
    return contact_sheet(pictures, columns=3 if images else 2, title=title)


def _where(study: Study) -> list[tuple[str, RGB]]:
    """The picture of the fundus that the B-scans refer to, if it is in the study."""
    places = frame_places(study.structure.header)
    for entry in study.entries:
        if entry.sop_instance == places.photograph:
            file = read_instance(entry.path)
            header = file.header
            shape = (int(header.Rows), int(header.Columns), int(header.SamplesPerPixel))
            pixels = np.array(file.mapped("PixelData", np.dtype("u1"), shape)).squeeze(-1)
            picture = fundus_picture(pixels, places.places, width=WIDTH)
            return [("place on the fundus; a ring marks the start", picture)]
    return []


def _thickness(maps: SurfaceMaps, track: ScanTrack, at: int) -> list[tuple[str, RGB]]:
    """The thickness along one B-scan."""
    rows = maps.trusted()
    found = {
        layer: thickness[at]
        for layer in LAYERS
        if (thickness := thickness_um(rows, layer, track.geometry.axial_um)) is not None
    }
    is_sure = maps.verdict is None or maps.verdict.outcome == "good"
    caption = "thickness" if is_sure else "thickness, doubtful: look at the surfaces first"
    return [(caption, thickness_chart(found, width=WIDTH))] if found else []


def enface_picture_of(path: Path) -> NDArray[np.uint8]:
    """One en face image as a picture, in the proportions of the tissue."""
    image = read_enface_image(path)
    row_mm, column_mm = image.spacing_mm
    return _enface_picture(image, ScanGeometry(row_mm, column_mm, row_mm))


def _enface_picture(image: StoredEnface, geometry: ScanGeometry) -> RGB:
    if image.palette is None:
        return sheet_enface(image.values(), geometry)
    return sheet_colours(image.palette.picture(image.stored()), geometry)


def _kind(header: object) -> str:
    kinds = getattr(header, "OphthalmicImageTypeCodeSequence", None)
    return str(kinds[0].CodeMeaning) if kinds else ""


def _caption(header: object) -> str:
    kind = _kind(header).replace(" vasculature flow", ": flow")
    kind = kind.replace(" structural reflectance map", ": structure")
    return f"{kind} ({getattr(header, 'OphthalmicImageTypeDescription', '')})"
