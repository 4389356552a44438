"""Optovue's .oct, read with oct-converter: floats, and a description of the same name in .txt.

No real file was at hand. The description states the size of the camera's picture of the eye but
not the spacing of the scan, so that the caller must give it. Flow is not in these files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side
from octome.formats.grey import amplitude_of_grey, grey_scale
from octome.formats.pattern import scan_pattern
from octome.formats.spacing import known_geometry
from octome.octa.acquisition import ScanGeometry
from octome.octa.device_volume import DeviceVolume


def read(path: Path, spacing: ScanGeometry | None) -> DeviceVolume:
    """The first scan of an Optovue file.

    Raises
    ------
    DeviceFileUnreadable
        The description is missing, or the file is shorter than it says.
    SpacingUnknown
        No spacing is given.
    """
    from oct_converter.readers import POCT

    if not path.with_suffix(".txt").is_file():
        raise DeviceFileUnreadable(
            f"{path.name} needs the description that Optovue writes with it, "
            f"{path.with_suffix('.txt').name}, beside it",
            path=str(path.with_suffix(".txt")),
        )
    return volume_of_scans(POCT(path).read_oct_volume(), spacing)


def volume_of_scans(scans: Sequence[Any], spacing: ScanGeometry | None) -> DeviceVolume:
    """What oct-converter read (`OCTVolumeWithMetaData`), as a volume: the first scan.

    The floats are taken for grey values, the brightest of them for white.
    """
    if not scans:
        raise DeviceFileUnreadable("the description of the file names no scan")
    scan = scans[0]
    grey = np.stack(scan.volume)
    white = float(np.nanmax(grey, initial=0))
    if not white > 0:
        raise DeviceFileUnreadable("the file holds no values above 0: it is no Optovue file")
    pattern = scan_pattern(None, len(grey))
    return DeviceVolume(
        structure=amplitude_of_grey(grey, white),
        # `scan.pixel_spacing` is that of the camera's picture.
        geometry=known_geometry(
            spacing, axial_mm=None, ascan_mm=None, bscan_mm=None, pattern=pattern
        ),
        pattern=pattern,
        laterality=side(scan.laterality),
        acquired=scan.acquisition_date,
        facts={
            "manufacturer": "Optovue",
            "grey_scale": grey_scale(white),
            "scans_in_file": float(len(scans)),
        },
    )
