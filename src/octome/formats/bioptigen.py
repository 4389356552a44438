"""Bioptigen's .oct, read with oct-converter: a header of named fields, then frame after frame.

No real file was at hand: the way from oct-converter's objects to octome's values is tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from octome.errors import DeviceFileUnreadable
from octome.formats.eye import side_in_name
from octome.formats.grey import amplitude_of_grey, grey_scale
from octome.formats.pattern import scan_pattern
from octome.formats.spacing import known_geometry
from octome.octa.acquisition import ScanGeometry
from octome.octa.device_volume import DeviceVolume

# After the magic number, the version and the length of this name.
KEY, KEY_AT = b"FRAMEHEADER", 10
_WHITE = 65535.0
_PATTERNS = {1: "raster", 3: "radial"}


def read(path: Path, spacing: ScanGeometry | None) -> DeviceVolume:
    """The first volume of a Bioptigen file, which may hold several, one after another.

    Raises
    ------
    DeviceFileUnreadable
        It is shorter than its header claims.
    SpacingUnknown
        Its header states no spacing and none is given.
    """
    from oct_converter.readers import BOCT

    header = BOCT.header_structure.parse_file(path)
    needed = 2 * header.framecount.value * header.linecount.value * header.linelength.value
    # oct-converter would fill what is missing with whatever lies in memory.
    if not 0 < needed <= path.stat().st_size:
        raise DeviceFileUnreadable(
            f"{path.name} claims {needed} bytes of B-scans and has {path.stat().st_size} in all: "
            "it is damaged or incomplete",
            path=str(path),
            needed=needed,
            found=path.stat().st_size,
        )
    return volume_of_scans(BOCT(path).read_oct_volume(), header, path.name, spacing)


def volume_of_scans(
    scans: Sequence[Any], header: Any, name: str, spacing: ScanGeometry | None
) -> DeviceVolume:
    """What oct-converter read, as a volume: the first scan.

    Parameters
    ----------
    scans : sequence of OCTVolumeWithMetaData
        `volume` is `(B, X, Z)`.
    header : construct.Container
        The fields of the file; lengths in mm.
    name : str
        Of the file: the eye, if it is named anywhere, is named there.
    spacing : ScanGeometry or None
        The caller's; it wins.
    """
    grey = np.ascontiguousarray(np.swapaxes(scans[0].volume, 1, 2))
    bscans, depth, ascans = grey.shape
    pattern = scan_pattern(_PATTERNS.get(header.scantype.value), bscans)
    fast = header.azscanlength if pattern == "raster" else header.scanlength
    return DeviceVolume(
        structure=amplitude_of_grey(grey, _WHITE),
        geometry=known_geometry(
            spacing,
            axial_mm=header.scandepth.value / depth,
            ascan_mm=fast.value / ascans,
            bscan_mm=header.elscanlength.value / bscans,
            pattern=pattern,
        ),
        pattern=pattern,
        laterality=side_in_name(name),
        acquired=scans[0].acquisition_date,
        facts={
            "manufacturer": "Bioptigen",
            "grey_scale": grey_scale(_WHITE),
            "scans_in_file": float(len(scans)),
        },
    )
