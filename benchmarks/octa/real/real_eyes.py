"""The annotated and pathological B-scans of the shared data, with their truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from octome.formats.grey import amplitude_of_grey
from octome.formats.heidelberg_vol import read
from octome.formats.reading_options import ReadingOptions
from octome.octa.acquisition import Float32, ScanGeometry

Truth = dict[str, Float32]
BSCAN_MM = 0.25  # one B-scan only: any distance will do
# The spacings that are not known, from the finest to the coarsest that a scanner would have.
AXIAL_UM = (3.0, 4.0, 5.0, 6.0)
ASCAN_UM = (5.0, 8.0, 12.0)
# Of a label's colour: the surface at the last row of it.
LAST_ROWS = {
    "RNFL": (255, 0, 0),
    "IPL": (128, 128, 0),
    "INL": (255, 255, 0),
    "OPL": (0, 128, 0),
    "ELM": (0, 255, 0),
    "BM": (255, 0, 255),
}


@dataclass(frozen=True, kw_only=True)
class RealScan:
    """A volume of one B-scan as octome reads it, and what is known of its surfaces."""

    name: str
    volume: Float32
    grey: Float32
    """The B-scan (Z, X) as one would look at it, about 0 to 1."""
    geometries: tuple[ScanGeometry, ...]
    """The one of the file, or all that it may have."""
    truth: Truth
    """Rows, counted from the centre of the first; empty without annotation."""


def maculae(data: Path) -> Iterator[RealScan]:
    """Healthy maculae with manual labels, in grey; their spacing is not known."""
    spacings = tuple(
        ScanGeometry(axial / 1000, ascan / 1000, BSCAN_MM)
        for axial in AXIAL_UM
        for ascan in ASCAN_UM
    )
    for path in sorted((data / "oct" / "annotated" / "macula").glob("*_labels.png")):
        grey = np.asarray(Image.open(path.with_name(path.name.replace("_labels", ""))))
        labels = np.asarray(Image.open(path).convert("RGB"))
        amplitude, shown = both(grey)
        yield RealScan(
            name=path.name.removesuffix("_labels.png"),
            volume=amplitude,
            grey=shown,
            geometries=spacings,
            truth=rows(labels),
        )


def rows(labels: np.ndarray) -> Truth:
    """The surfaces of a picture of labels: a boundary lies between two rows of pixels."""
    first, last = _extent(labels, (255, 0, 0))
    found = {"ILM": first - np.float32(0.5)}
    for name, colour in LAST_ROWS.items():
        found[name] = _extent(labels, colour)[1] + np.float32(0.5)
    first, last = _extent(labels, (0, 0, 255))
    found["EZ"] = (first + last) / np.float32(2)
    return {name: row[None] for name, row in found.items()}


def _extent(labels: np.ndarray, colour: tuple[int, int, int]) -> tuple[Float32, Float32]:
    """First and last row of a colour in each column; NaN where it is absent."""
    has = (labels == colour).all(-1)
    depth = len(has)
    first = np.where(has.any(0), has.argmax(0), np.nan)
    last = np.where(has.any(0), depth - 1 - has[::-1].argmax(0), np.nan)
    return first.astype(np.float32), last.astype(np.float32)


def heidelberg(data: Path) -> Iterator[RealScan]:
    """A circle round the disc and a line through it, with the vendor's lines."""
    for name in ("onh.vol", "macula_line.vol"):
        found = read(data / "oct" / "heyex_vol" / name, ReadingOptions())
        truth = {} if found.surfaces is None else dict(found.surfaces.rows)
        structure = np.nan_to_num(found.structure)
        yield RealScan(
            name=name,
            volume=structure,
            grey=np.sqrt(structure[0]),
            geometries=(found.geometry,),
            truth=truth,
        )


def pathology(data: Path) -> Iterator[RealScan]:
    """Macular degeneration, holes and oedema; the outlines drawn into the pictures are filled."""
    spacings = (ScanGeometry(0.004, 0.008, BSCAN_MM), ScanGeometry(0.006, 0.012, BSCAN_MM))
    for path in sorted((data / "oct" / "pathology").glob("*.*g")):
        picture = np.asarray(Image.open(path).convert("RGB"), np.float32)
        drawn = picture.max(-1) - picture.min(-1) > 40
        drawn = gaussian_filter(drawn.astype(np.float32), 1) > 0.1
        weight = gaussian_filter(1 - drawn.astype(np.float32), 2) + 1e-6
        around = gaussian_filter(np.where(drawn, 0, picture.min(-1)), 2) / weight
        grey = np.rint(np.where(drawn, around, picture.min(-1)))
        amplitude, shown = both(grey)
        yield RealScan(name=path.stem, volume=amplitude, grey=shown, geometries=spacings, truth={})


def both(grey: np.ndarray) -> tuple[Float32, Float32]:
    """A grey B-scan as a volume of amplitude, and as grey from 0 to 1."""
    amplitude = amplitude_of_grey(grey, 255.0)
    return np.ascontiguousarray(amplitude[None]), np.asarray(grey / 255, np.float32)
