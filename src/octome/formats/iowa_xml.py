"""Surfaces that the Iowa Reference Algorithms (OCTExplorer) found, as octome's surfaces.

The file names the borders by the layers on either side. Its two borders of the RPE give octome's
RPE, which is the centre of that layer: the mean of both. Borders without a surface in octome
(myoid and ellipsoid, inner border of the outer photoreceptor region) are left out.

`octome process VOLUME OUT --surfaces FILE.xml` uses them instead of the surfaces of the device.

Li et al. 2006, https://doi.org/10.1109/TPAMI.2006.19; Garvin et al. 2009,
https://doi.org/10.1109/TMI.2009.2016958.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from octome.errors import DeviceFileUnreadable, ShapeMismatch
from octome.formats.eye import side
from octome.formats.layers import surface_maps
from octome.formats.xml import number, text, xml_root
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.device_volume import DeviceVolume
from octome.octa.laterality import Laterality
from octome.octa.surface import SurfaceMaps

# By the short name in brackets.
_NAMES = {
    "ILM": "ILM",
    "RNFL-GCL": "RNFL",
    "GCL-IPL": "GCL",
    "IPL-INL": "IPL",
    "INL-OPL": "INL",
    "OPL-HFL": "OPL",
    "IS/OSJ": "EZ",
    "RPE": "RPE",
}
_RPE_BORDERS = ("IB_RPE", "OB_RPE")


@dataclass(frozen=True)
class IowaSurfaces:
    """The surfaces of one volume, and what the file states about the volume."""

    surfaces: SurfaceMaps
    """Rows as `(B, X)`; NaN where the algorithm found nothing or marked the A-scan undefined."""
    geometry: ScanGeometry
    """Between voxels."""
    depth: int
    """Rows of a B-scan (Z)."""
    laterality: Laterality | None


def with_surfaces(volume: DeviceVolume, path: Path) -> DeviceVolume:
    """The volume with the surfaces of an XML file of OCTExplorer instead of the device's.

    Raises
    ------
    DeviceFileUnreadable
        See `read_surfaces`.
    ShapeMismatch
        They were found in a volume of another size, or of the other eye.
    """
    found = read_surfaces(path)
    bscans, ascans = next(iter(found.surfaces.rows.values())).shape
    if (bscans, found.depth, ascans) != volume.structure.shape:
        raise ShapeMismatch(
            f"the surfaces in {path.name} are of a volume of {bscans} B-scans of {found.depth} x "
            f"{ascans} pixels, not {' x '.join(map(str, volume.structure.shape))}",
            found=(bscans, found.depth, ascans),
            needed=volume.structure.shape,
        )
    if None not in (found.laterality, volume.laterality) and found.laterality != volume.laterality:
        raise ShapeMismatch(
            f"the surfaces in {path.name} are of the eye {found.laterality}, the volume is of "
            f"{volume.laterality}",
            found=found.laterality,
            needed=volume.laterality,
        )
    return replace(volume, surfaces=found.surfaces)


def read_surfaces(path: Path) -> IowaSurfaces:
    """The surfaces of an XML file of OCTExplorer, with the spacing of the volume they lie in.

    Raises
    ------
    DeviceFileUnreadable
        It is not such a file, or its sizes disagree.
    """
    root = xml_root(path)
    try:
        return _iowa_surfaces(root)
    except (ValueError, OverflowError) as error:
        raise DeviceFileUnreadable(
            f"{path.name} is not a file of OCTExplorer surfaces: {error}", path=str(path)
        ) from error


def _iowa_surfaces(root: etree._Element) -> IowaSurfaces:
    """The surfaces in the file; a ValueError says what it lacks."""
    scan = root.find("scan_characteristics")
    if root.tag != "surfaces" or scan is None:
        raise ValueError("scan_characteristics is missing")
    axial, ascan, bscan = (_stated(scan, f"voxel_size/{axis}") for axis in "yxz")
    shape = (int(_stated(scan, "size/z")), int(_stated(scan, "size/x")))
    return IowaSurfaces(
        surfaces=_surfaces(root, shape),
        geometry=ScanGeometry(axial_mm=axial, ascan_mm=ascan, bscan_mm=bscan),
        depth=int(_stated(scan, "size/y")),
        laterality=side(text(scan, "laterality")),
    )


def _stated(scan: etree._Element, where: str) -> float:
    """A number that the file must state."""
    found = number(scan, where)
    if found is None:
        raise ValueError(f"{where} is missing")
    return found


def _surfaces(root: etree._Element, shape: tuple[int, int]) -> SurfaceMaps:
    """All surfaces by octome's names."""
    lines: dict[str, Float32] = {}
    for element in root.iterfind("surface"):
        name = (text(element, "name") or "").rpartition("(")[2].rstrip(")")
        lines[name] = _rows(element, name, shape)
    if not any(name in lines for name in (*_NAMES, *_RPE_BORDERS)):
        raise ValueError("it has no surface that octome knows")
    if all(border in lines for border in _RPE_BORDERS):
        lines["RPE"] = np.float32(0.5) * (lines[_RPE_BORDERS[0]] + lines[_RPE_BORDERS[1]])
    undefined = _undefined(root, shape)
    found = surface_maps(
        {name: np.where(undefined, np.nan, rows) for name, rows in lines.items()}, _NAMES
    )
    if found is None:
        raise ValueError("it has no surface that octome knows, or none was found")
    return found


def _rows(surface: etree._Element, name: str, shape: tuple[int, int]) -> Float32:
    """The rows of one surface, `(B, X)`; the file writes 0 or NA for none."""
    bscans = [
        [_row(element.text) for element in b.iterfind("y")] for b in surface.iterfind("bscan")
    ]
    widths = {len(row) for row in bscans}
    if len(bscans) != shape[0] or widths != {shape[1]}:
        raise ValueError(
            f"{name} has {len(bscans)} B-scans of {sorted(widths)} A-scans, the volume {shape[0]} "
            f"of {shape[1]}"
        )
    return np.array(bscans, np.float32)


def _row(word: str | None) -> float:
    """One row; NaN for none."""
    if word is None or word.strip() in ("", "NA"):
        return np.nan
    return float(word) or np.nan


def _undefined(root: etree._Element, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Where the algorithm gave up: `(B, X)`."""
    undefined = np.zeros(shape, bool)
    for element in root.iterfind("undefined_region/ascan"):
        ascan, bscan = int(_stated(element, "x")), int(_stated(element, "z"))
        if not (0 <= ascan < shape[1] and 0 <= bscan < shape[0]):
            raise ValueError(f"the undefined A-scan {ascan} of B-scan {bscan} is not in the volume")
        undefined[bscan, ascan] = True
    return undefined
