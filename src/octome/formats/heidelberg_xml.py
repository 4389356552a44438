"""Heidelberg's XML export: a description, and next to it one picture for each B-scan.

eyepy reads it too, but keeps every description in memory by its path, including names and birth
dates.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from lxml import etree
from numpy.typing import NDArray
from PIL import Image

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side
from octome.formats.grey import HEYEX_SCALE, amplitude_of_heyex_grey
from octome.formats.layers import HEIDELBERG, surface_maps
from octome.formats.pattern import circular_path, scan_pattern, straight_path
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import bscan_pitch, scan_geometry, spacing_mm
from octome.formats.xml import number, text, xml_root
from octome.octa.acquisition import Float32
from octome.octa.device_volume import DeviceVolume, ScanPattern
from octome.octa.fundus_picture import FundusPicture
from octome.octa.laterality import Laterality
from octome.octa.scan_path import Point, ScanPath
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


def read(path: Path, options: ReadingOptions) -> DeviceVolume:
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
    times = [_taken(series, image) for image in images]
    first, laterality = images[0], side(text(series, "Laterality"))
    stated, ascans = _stated_pattern(series), structure.shape[2]
    starts, ends = _points(images, "Start"), _points(images, "End")
    ascan_mm = number(first, f"{_CONTEXT}/ScaleX")
    way = _path(stated, starts, ends, ascans, ascan_mm, laterality)
    pattern = scan_pattern(stated, len(images), way)
    geometry = scan_geometry(
        options.spacing,
        axial_mm=number(first, f"{_CONTEXT}/ScaleY"),
        ascan_mm=ascan_mm,
        bscan_mm=bscan_pitch(starts, ends),
        pattern=pattern,
    )
    larger = geometry.ascan_mm / ascan_mm if ascan_mm else None
    return DeviceVolume(
        structure=amplitude_of_heyex_grey(structure),
        geometry=geometry,
        pattern=pattern,
        path=way.scaled(larger) if way is not None and larger is not None else None,
        fundus=_fundus(path, series, larger),
        surfaces=_surfaces(images, ascans),
        laterality=laterality,
        acquired=times[0],
        bscan_times=tuple(time for time in times if time) if all(times) else (),
        metadata=_metadata(series),
    )


def _path(
    stated: ScanPattern | None,
    starts: list[Point],
    ends: list[Point],
    ascans: int,
    ascan_mm: float | None,
    laterality: Laterality | None,
) -> ScanPath | None:
    """Where the A-scans lay; of a circle, the "end" is the centre.

    Of several circles it is not known: their A-scans have different distances.
    """
    if not starts or len(starts) != len(ends) or (stated == "circle" and len(starts) > 1):
        return None
    if stated == "circle":
        return circular_path(starts[0], ends[0], ascans, ascan_mm, laterality)
    return straight_path(starts, ends, ascans, ascan_mm)


def _fundus(path: Path, series: etree._Element, larger: float | None) -> FundusPicture | None:
    """The localizer, if its picture is next to the description."""
    for image in series.iterfind("Image"):
        if text(image, "ImageType/Type") == "LOCALIZER" and _file(path, image).is_file():
            scales = [number(image, f"{_CONTEXT}/Scale{axis}") or 0.0 for axis in "YX"]
            is_infrared = text(image, "ImageType/LightSource") == "IR"
            return FundusPicture(
                pixels=_picture(path, image),
                spacing_mm=None if larger is None else spacing_mm((scales[0], scales[1]), larger),
                light="infrared" if is_infrared else None,
                angle_deg=number(image, f"{_CONTEXT}/Angle"),
            )
    return None


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


def _file(path: Path, image: etree._Element) -> Path:
    """The picture's file: the path is from the exporting computer; only the file name counts."""
    url = text(image, "ImageData/ExamURL") or ""
    return path.parent / url.replace("\\", "/").rpartition("/")[2]


def _picture(path: Path, image: etree._Element) -> NDArray[np.uint8]:
    """The grey values of one B-scan, `(Z, X)`, from the picture next to the description."""
    file = _file(path, image)
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


def _taken(series: etree._Element, image: etree._Element) -> datetime | None:
    """When a B-scan was taken: the day of the series, the time of the B-scan."""
    day = series.find("ExamDate/Date")
    if day is None:
        day = series.find("../StudyDate/Date")
    time = image.find("AcquisitionTime/Time")
    if day is None or time is None:
        return None
    year, month, date = (number(day, part) for part in ("Year", "Month", "Day"))
    hour, minute, second = (number(time, part) for part in ("Hour", "Minute", "Second"))
    if None in (year, month, date, hour, minute, second):
        return None
    known = [int(part or 0) for part in (year, month, date, hour, minute)]
    return datetime(*known) + timedelta(milliseconds=round((second or 0) * 1000))  # type: ignore[arg-type]


def _metadata(series: etree._Element) -> dict[str, str | float]:
    """The device and its software, as far as the export names them."""
    equipment = "GeneralEquipment"
    stated = {
        "manufacturer": text(series, f"{equipment}/Manufacturer"),
        "model": text(series, f"{equipment}/ManufacturerModelName"),
        "software": text(series, f"{equipment}/AQMVersion/Version"),
    }
    metadata: dict[str, str | float] = {name: word for name, word in stated.items() if word}
    # "Retina" may be any part of it.
    if text(series, "ExaminedStructure") == "ONH":
        metadata["centred_on"] = "disc"
    return {"manufacturer": "Heidelberg Engineering", **metadata, "grey_scale": HEYEX_SCALE}
