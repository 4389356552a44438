"""Pictures of scans: arrays in, RGB arrays out; nothing is written.

Every picture has the proportions of the tissue: `width` is in pixels, the height follows from the
millimetres. Where there is no value the picture is `ABSENT`, a colour that nothing else has.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.structure import amplitude_db

RGB = NDArray[np.uint8]
Colour = tuple[int, int, int]

HIGHEST = 2.0  # height of a picture over the width that it may take
ABSENT: Colour = (66, 38, 92)
# Neighbours differ in hue and in lightness; blues are light enough to be seen on black.
SURFACE_COLOURS: dict[str, Colour] = {
    "ILM": (255, 92, 92),
    "RNFL": (255, 176, 59),
    "GCL": (247, 240, 96),
    "IPL": (128, 232, 88),
    "INL": (64, 224, 196),
    "OPL": (88, 176, 255),
    "ELM": (176, 148, 255),
    "EZ": (255, 122, 222),
    "RPE": (255, 255, 255),
    "BM": (255, 206, 158),
    "CC": (156, 220, 255),
    "CSI": (190, 200, 140),
}


def grey(image: Float32, low: float, high: float) -> NDArray[np.uint8]:
    """The values from black at `low` to white at `high`, black where NaN; any shape.

    >>> grey(np.float32([0, 5, 10, 99]), 0, 10).tolist()
    [0, 128, 255, 255]
    """
    span = high - low if high > low else 1.0
    scaled = np.clip((image - low) * (255 / span), 0, 255)
    return np.asarray(np.rint(np.nan_to_num(scaled)), np.uint8)


def window(image: Float32, low_percent: float, high_percent: float) -> tuple[float, float]:
    """Two percentiles of the finite values; 0 and 1 if there are none.

    >>> window(np.float32([np.nan, 0, 1, 2]), 0, 50)
    (0.0, 1.0)
    """
    present = image[np.isfinite(image)]
    if present.size == 0:
        return 0.0, 1.0
    low, high = np.percentile(present, (low_percent, high_percent))
    return float(low), float(high)


def grey_picture(
    image: Float32, *, low: float, high: float, spacing_mm: tuple[float, float], width: int = 512
) -> RGB:
    """An image in grey.

    Parameters
    ----------
    image : float32, (H, W)
        NaN becomes `ABSENT`.
    low, high : float
        The values of black and of white.
    spacing_mm : (float, float)
        Between rows, and between columns.
    width : int
        Of the picture, px.

    Returns
    -------
    picture : uint8, (height, width, 3)

    Raises
    ------
    ShapeMismatch
        Not an image of two axes.
    """
    size = picture_size(image, spacing_mm, width)
    shades = resized(grey(image, low, high), size, Image.Resampling.BICUBIC)
    missing = resized(np.isnan(image).astype(np.uint8), size, Image.Resampling.NEAREST)
    picture = np.repeat(shades[:, :, None], 3, axis=2)
    picture[missing > 0] = ABSENT
    return picture


def enface_picture(
    enface: Float32,
    *,
    bscan_mm: float,
    ascan_mm: float,
    percent: tuple[float, float] = (1.0, 99.5),
    width: int = 512,
) -> RGB:
    """An en face image, B-scan 0 at the top, black and white at two percentiles of its values.

    Parameters
    ----------
    enface : float32, (B, X)
        NaN becomes `ABSENT`.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans.
    percent : (float, float)
        Of the values below black, and below white: a few bright pixels do not darken the rest.
    width : int
        Of the picture, px.

    Returns
    -------
    picture : uint8, (height, width, 3)
    """
    low, high = window(enface, *percent)
    return grey_picture(enface, low=low, high=high, spacing_mm=(bscan_mm, ascan_mm), width=width)


def bscan_picture(
    amplitude: Float32,
    *,
    axial_mm: float,
    ascan_mm: float,
    range_db: tuple[float, float] | None = None,
    width: int = 512,
) -> RGB:
    """A B-scan in decibels, the vitreous at the top.

    Parameters
    ----------
    amplitude : float32, (Z, X)
        Linear amplitude; NaN becomes `ABSENT`.
    axial_mm, ascan_mm : float
        Between rows, and between A-scans. Twice the true `axial_mm` draws depth twice as high.
    range_db : (float, float), optional
        Of black and of white; percentiles 20 and 99.8 if None, which leave the noise dark.
    width : int
        Of the picture, px.

    Returns
    -------
    picture : uint8, (height, width, 3)
    """
    decibels = amplitude_db(amplitude)
    low, high = range_db or window(decibels[amplitude > 0], 20, 99.8)
    return grey_picture(decibels, low=low, high=high, spacing_mm=(axial_mm, ascan_mm), width=width)


def flow_picture(
    amplitude: Float32,
    flow: Float32,
    *,
    axial_mm: float,
    ascan_mm: float,
    flow_range: tuple[float, float] | None = None,
    width: int = 512,
) -> RGB:
    """A B-scan in grey with its flow over it, from clear over red to yellow.

    Parameters
    ----------
    amplitude, flow : float32, (Z, X)
        Linear amplitude, and flow in any unit; no colour where flow is NaN.
    axial_mm, ascan_mm : float
        Between rows, and between A-scans.
    flow_range : (float, float), optional
        Of the first trace of red and of full yellow; percentiles 85 and 99.5 if None.
    width : int
        Of the picture, px.

    Returns
    -------
    picture : uint8, (height, width, 3)

    Raises
    ------
    ShapeMismatch
        Two B-scans of different shape.
    """
    if amplitude.shape != flow.shape:
        raise ShapeMismatch(
            f"structure and flow are of one shape; found {amplitude.shape} and {flow.shape}",
            found=(amplitude.shape, flow.shape),
        )
    picture = bscan_picture(amplitude, axial_mm=axial_mm, ascan_mm=ascan_mm, width=width)
    low, high = flow_range or window(flow, 85, 99.5)
    strength = resized(grey(flow, low, high), picture.shape[:2], Image.Resampling.BICUBIC)
    return with_flow(picture, strength)


def with_flow(picture: RGB, strength: NDArray[np.uint8]) -> RGB:
    """The picture of a B-scan with flow over it, from clear (0) over red to yellow (255).

    Parameters
    ----------
    picture : uint8, (height, width, 3)
        Where it is `ABSENT` it stays so.
    strength : uint8, (height, width)

    Returns
    -------
    picture : uint8, (height, width, 3)
    """
    share = strength[:, :, None] / np.float32(255)
    colour = np.concatenate([np.full_like(share, 255), 230 * share**2, 0 * share], axis=2)
    missing = (picture == ABSENT).all(axis=2, keepdims=True)
    blended = picture * (1 - share) + colour * share
    return np.where(missing, picture, np.rint(blended).astype(np.uint8))


def with_surfaces(
    picture: RGB, rows: Mapping[str, Float32], depth: int, *, thickness: int = 1
) -> RGB:
    """The picture of a B-scan with surfaces drawn on it, each in its `SURFACE_COLOURS`.

    Parameters
    ----------
    picture : uint8, (height, width, 3)
        Of a whole B-scan, by any of the functions above.
    rows : mapping of float32, (X,)
        By name; a line breaks where the row is NaN.
    depth : int
        Rows of the B-scan that the picture shows (Z).
    thickness : int
        Of the lines, px.

    Returns
    -------
    picture : uint8, (height, width, 3)
    """
    canvas = Image.fromarray(picture)
    draw = ImageDraw.Draw(canvas)
    height, width = picture.shape[:2]
    for name, row in rows.items():
        across = (np.arange(len(row)) + 0.5) * (width / len(row)) - 0.5
        down = (row.astype(np.float64) + 0.5) * (height / depth) - 0.5
        points = list(zip(across.tolist(), down.tolist(), strict=True))
        colour = SURFACE_COLOURS.get(name, (255, 255, 255))
        for (x0, y0), (x1, y1) in pairwise(points):
            if np.isfinite(y0) and np.isfinite(y1):
                draw.line((x0, y0, x1, y1), fill=colour, width=thickness)
    return np.array(canvas)


def with_outline(picture: RGB, region: NDArray[np.bool_], colour: Colour = (255, 214, 10)) -> RGB:
    """The picture of an en face image with the inner edge of a region drawn on it.

    Parameters
    ----------
    picture : uint8, (height, width, 3)
    region : bool, (B, X)
        As the mask of an avascular zone.
    colour : (int, int, int)
        Red, green, blue.

    Returns
    -------
    picture : uint8, (height, width, 3)
    """
    mask = resized(region.astype(np.uint8), picture.shape[:2], Image.Resampling.NEAREST) > 0
    inner = np.pad(mask, 1, constant_values=False)
    inside = inner[:-2, 1:-1] & inner[2:, 1:-1] & inner[1:-1, :-2] & inner[1:-1, 2:]
    out = picture.copy()
    out[mask & ~inside] = colour
    return out


def picture_size(image: Float32, spacing_mm: tuple[float, float], width: int) -> tuple[int, int]:
    """Height and width, px, of a picture in the proportions of the tissue.

    Narrower than `width` where it would be more than twice as high.
    """
    if image.ndim != 2 or min(image.shape) < 1:
        raise ShapeMismatch(
            f"a picture shows an image of two axes; found shape {image.shape}", found=image.shape
        )
    rows, columns = image.shape
    ratio = rows * spacing_mm[0] / (columns * spacing_mm[1])
    width = max(1, min(width, round(HIGHEST * width / ratio)))
    return max(1, round(width * ratio)), width


def resized(
    image: NDArray[np.uint8], size: tuple[int, ...], how: Image.Resampling
) -> NDArray[np.uint8]:
    """The image at another height and width, px."""
    return np.array(Image.fromarray(image).resize((size[1], size[0]), how))
