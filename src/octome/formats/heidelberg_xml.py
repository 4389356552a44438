"""Heidelberg's XML export: a description, and next to it one picture for each B-scan.

eyepy reads it too, but keeps every description in memory by its path, including names and birth
dates, and needs the localizer's picture, which octome does not use.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
from lxml import etree
from numpy.typing import NDArray
from PIL import Image

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side
from octome.formats.grey import HEYEX_SCALE, amplitude_of_heyex_grey
from octome.formats.layers import HEIDELBERG, surface_maps
from octome.formats.pattern import scan_pattern
from octome.formats.spacing import Point, bscan_pitch, scan_geometry
from octome.formats.xml import number, text, xml_root
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.device_volume import DeviceVolume, ScanPattern
from octome.octa.surface import SurfaceMaps

MAGIC = (b"<HEDX", b"<?xml")
_CONTEXT = "OphthalmicAcquisitionContext"
_CODECS = ("TIFF", "BMP", "PNG", "JPEG")
# Words of the series' type.
_PATTERNS: dict[str, ScanPattern] = {
    "vol": "raster",
    "circ": "circle",
    "star": "radial",
    "radial": "radial",
}


def read(path: Path, spacing: ScanGeometry | None) -> DeviceVolume:
    """The volume of an XML export, its layers and which eye it is.

    Raises
    ------
    DeviceFileUnreadable
        It describes no B-scans, or a picture is missing or of another size.
    SpacingUnknown
        It states no spacing and none is given.
    """
    series, images = _scan(path)
    structure = np.stack([_picture(path, image) for image in images])
    pattern = scan_pattern(_stated_pattern(series), len(images))
    first = images[0]
    return DeviceVolume(
        structure=amplitude_of_heyex_grey(structure),
        geometry=scan_geometry(
            spacing,
            axial_mm=number(first, f"{_CONTEXT}/ScaleY"),
            ascan_mm=number(first, f"{_CONTEXT}/ScaleX"),
            bscan_mm=bscan_pitch(_points(images, "Start"), _points(images, "End")),
            pattern=pattern,
        ),
        pattern=pattern,
        surfaces=_surfaces(images, structure.shape[2]),
        laterality=side(text(series, "Laterality")),
        acquired=_acquired(series, first),
        metadata=_metadata(series),
    )


def _scan(path: Path) -> tuple[etree._Element, list[etree._Element]]:
    """The series that holds B-scans, and the description of each of them."""
    root = xml_root(path)
    for series in root.iter("Series"):
        images = [i for i in series.iterfind("Image") if text(i, "ImageType/Type") == "OCT"]
        if root.tag == "HEDX" and images:
            return series, images
    raise DeviceFileUnreadable(
        f"{path.name} is not a Heidelberg XML export with B-scans", path=str(path), root=root.tag
    )


def _picture(path: Path, image: etree._Element) -> NDArray[np.uint8]:
    """The grey values of one B-scan, `(Z, X)`, from the picture next to the description."""
    # The path is from the exporting computer; only the file name counts.
    url = text(image, "ImageData/ExamURL") or ""
    file = path.parent / url.replace("\\", "/").rpartition("/")[2]
    size = (number(image, f"{_CONTEXT}/Width"), number(image, f"{_CONTEXT}/Height"))
    if not file.is_file():
        raise DeviceFileUnreadable(
            f"{path.name} names the picture {file.name or '(none)'}, which is not next to it",
            path=str(file),
        )
    with Image.open(file, formats=_CODECS) as picture:
        if picture.size != size:
            raise DeviceFileUnreadable(
                f"{file.name} is {picture.size[0]} x {picture.size[1]}, and {path.name} states "
                f"{size[0]} x {size[1]}",
                path=str(file),
            )
        return np.asarray(picture.convert("L"))


def _stated_pattern(series: etree._Element) -> ScanPattern | None:
    """The scan pattern, by its word in the series."""
    word = (text(series, "Type") or "").lower()
    return next((pattern for part, pattern in _PATTERNS.items() if word.startswith(part)), None)


def _points(images: list[etree._Element], which: str) -> list[Point]:
    """Where each B-scan begins or ends, in mm; empty if one of them is missing."""
    points = []
    for image in images:
        x = number(image, f"{_CONTEXT}/{which}/Coord/X")
        y = number(image, f"{_CONTEXT}/{which}/Coord/Y")
        if x is None or y is None:
            return []
        points.append((x, y))
    return points


def _surfaces(images: list[etree._Element], ascans: int) -> SurfaceMaps | None:
    """The lines of all B-scans by name."""
    lines: dict[str, Float32] = {}
    for index, image in enumerate(images):
        for line in image.iterfind("Segmentation/SegLine"):
            name, values = text(line, "Name"), text(line, "Array")
            if name in HEIDELBERG and values is not None:
                rows = lines.setdefault(name, np.full((len(images), ascans), np.nan, np.float32))
                rows[index] = np.array(values.split(), np.float32)
    return surface_maps(lines, HEIDELBERG)


def _acquired(series: etree._Element, image: etree._Element) -> datetime | None:
    """When the first B-scan was taken: the day of the series, the time of the B-scan."""
    day = series.find("ExamDate/Date")
    if day is None:
        day = series.find("../StudyDate/Date")
    time = image.find("AcquisitionTime/Time")
    if day is None or time is None:
        return None
    parts = [number(day, part) for part in ("Year", "Month", "Day")]
    parts += [number(time, part) for part in ("Hour", "Minute", "Second")]
    known = [int(part) for part in parts if part is not None]
    # Year, month and day alone are not a time.
    return datetime(*known) if len(known) == 6 else None  # type: ignore[arg-type]


def _metadata(series: etree._Element) -> dict[str, str | float]:
    """The device and its software, as far as the export names them."""
    equipment = "GeneralEquipment"
    stated = {
        "manufacturer": text(series, f"{equipment}/Manufacturer"),
        "model": text(series, f"{equipment}/ManufacturerModelName"),
        "software": text(series, f"{equipment}/AQMVersion/Version"),
    }
    metadata: dict[str, str | float] = {name: word for name, word in stated.items() if word}
    return {"manufacturer": "Heidelberg Engineering", **metadata, "grey_scale": HEYEX_SCALE}
