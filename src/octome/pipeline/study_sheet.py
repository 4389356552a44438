"""A study on one sheet: a B-scan with its surfaces and its flow, and every en face image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from octome.instances.enface_image import read_enface_image
from octome.instances.instance_kind import ENFACE_CLASS
from octome.octa.acquisition import ScanGeometry
from octome.octa.contact_sheet import contact_sheet
from octome.octa.scan_sheet import bscan_flow_picture, bscan_pictures, sheet_enface
from octome.pipeline.study import Study


def study_sheet(study: Study, *, title: str = "") -> NDArray[np.uint8]:
    """The sheet, uint8, (height, width, 3), from stored instances; nothing is computed again."""
    grid = study.structure.placement
    at = grid.shape[0] // 2
    rows = {name: row[at] for name, row in study.maps.rows.items()}
    structure = study.structure_values[at]
    pictures = bscan_pictures(structure, rows, grid.geometry, name=f"B-scan {at}")
    if study.has_flow:
        pictures.append(bscan_flow_picture(structure, study.flow_values[at], rows, grid.geometry))
    images = [
        read_enface_image(entry.path)
        for entry in study.entries
        if entry.header.SOPClassUID == ENFACE_CLASS
    ]
    images.sort(key=lambda image: "flow" not in _kind(image.header))
    for image in images:
        row_mm, column_mm = image.spacing_mm
        geometry = ScanGeometry(grid.geometry.axial_mm, column_mm, row_mm)
        pictures.append((_caption(image.header), sheet_enface(image.values(), geometry)))
    return contact_sheet(pictures, columns=3, title=title)


def enface_picture_of(path: Path) -> NDArray[np.uint8]:
    """One en face image as a picture, in the proportions of the tissue."""
    image = read_enface_image(path)
    row_mm, column_mm = image.spacing_mm
    return sheet_enface(image.values(), ScanGeometry(row_mm, column_mm, row_mm))


def _kind(header: object) -> str:
    kinds = getattr(header, "OphthalmicImageTypeCodeSequence", None)
    return str(kinds[0].CodeMeaning) if kinds else ""


def _caption(header: object) -> str:
    kind = _kind(header).replace(" vasculature flow", ": flow")
    kind = kind.replace(" structural reflectance map", ": structure")
    return f"{kind} ({getattr(header, 'OphthalmicImageTypeDescription', '')})"
