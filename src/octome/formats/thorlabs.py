"""Thorlabs' .oct, as ThorImageOCT saves it: a zip of a header in XML and one file for each array.

No real file was available: the layout is that of Thorlabs' own functions for Matlab. The processed
volume (Intensity) is read, in dB; raw spectra are not. It is a laboratory's instrument: the eye and
the place on the retina are not in the file.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side_in_name
from octome.formats.pattern import scan_pattern
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import scan_geometry
from octome.formats.xml import xml_of
from octome.octa.device_volume import DeviceVolume

MAGIC = (b"PK\x03\x04",)
_HEADER, _VOLUME = "Header.xml", "data/Intensity.data"
_MOST_HEADER_BYTES, _MOST_BYTES = 2**24, 2**32
_SCALE = "dB of intensity as stored, turned into amplitude"


def read(path: Path, options: ReadingOptions) -> DeviceVolume:
    """The processed volume of a ThorImageOCT file.

    Raises
    ------
    DeviceFileUnreadable
        It is another zip, holds no processed volume, or its sizes disagree.
    SpacingUnknown
        It states no spacing and none is given.
    """
    with zipfile.ZipFile(path) as parts:
        names = {info.filename.replace("\\", "/"): info for info in parts.infolist()}
        if _HEADER not in names or names[_HEADER].file_size > _MOST_HEADER_BYTES:
            raise DeviceFileUnreadable(
                f"{path.name} is a zip without the header of Thorlabs' ThorImageOCT ({_HEADER})",
                path=str(path),
            )
        described = _described(xml_of(parts.read(names[_HEADER]), path.name))
        if described is None or _VOLUME not in names:
            raise DeviceFileUnreadable(
                f"{path.name} is a Thorlabs file without a processed volume ({_VOLUME}): store the "
                "processed data too in ThorImageOCT; octome does not read its spectra",
                path=str(path),
            )
        bscans, ascans, depth = (int(_stated(described, f"Size{axis}") or 1) for axis in "YXZ")
        needed, found = 4 * bscans * ascans * depth, names[_VOLUME].file_size
        if min(bscans, ascans, depth) < 1 or needed != found or needed > _MOST_BYTES:
            raise DeviceFileUnreadable(
                f"{path.name} states {bscans} B-scans of {depth} x {ascans}, {needed} bytes, "
                f"and holds {found}: it is damaged, or another kind of array",
                path=str(path),
                needed=needed,
                found=found,
            )
        decibels = np.frombuffer(parts.read(names[_VOLUME]), "<f4").reshape(bscans, ascans, depth)
    pattern = scan_pattern(None, bscans)
    ranges = {axis: _stated(described, f"Range{axis}") or 0.0 for axis in "YXZ"}
    return DeviceVolume(
        structure=_amplitude(decibels),
        geometry=scan_geometry(
            options.spacing,
            axial_mm=ranges["Z"] / depth,
            ascan_mm=ranges["X"] / ascans,
            bscan_mm=ranges["Y"] / bscans,
            pattern=pattern,
        ),
        pattern=pattern,
        laterality=side_in_name(path.name),
        metadata={"manufacturer": "Thorlabs", "grey_scale": _SCALE},
    )


def _amplitude(decibels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Linear amplitude, (B, Z, X), of dB as (B, X, Z): depth is stored fastest."""
    level = np.array(decibels.transpose(0, 2, 1), np.float32, order="C")
    level /= np.float32(20)
    return np.power(np.float32(10), level, out=level)


def _described(root: etree._Element) -> etree._Element | None:
    """The header's item about the processed volume."""
    for item in root.iterfind("DataFiles/DataFile"):
        name = (item.text or "").strip().replace("\\", "/")
        if name == _VOLUME and item.get("Type") == "Real" and item.get("BytesPerPixel", "4") == "4":
            return item
    return None


def _stated(item: etree._Element, name: str) -> float | None:
    """A number among the attributes; None if it is not there."""
    text = item.get(name)
    return None if text is None else float(text)
