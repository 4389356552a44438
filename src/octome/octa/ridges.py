"""Bright lines in an image: how strongly a line runs through each pixel, and in which direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

Float64 = NDArray[np.float64]

DIRECTIONS = 12  # 15 degrees apart
ALONG = 3.1  # length of the filters over their width, both as standard deviations
SURROUND = 2.2  # width of the surroundings over that of the line
WINDOW = 2.5  # half of a filter's support, in its largest standard deviation


@dataclass(frozen=True, kw_only=True)
class Ridges:
    """What the line filters found; each array is (B, X)."""

    strength: Float64
    """Of the direction in which a bright line is strongest: the line less its surroundings."""
    dark_strength: Float64
    """The same of the strongest dark line. Noise alone has as many dark lines as bright ones."""
    along: Float64
    """The image averaged along the direction of the brightest line."""
    direction: Float64
    """Of that line, rad, 0 along A-scans (X), growing towards B-scans; physical, not in pixels."""

    def is_crest(self, bscan_mm: float, ascan_mm: float) -> NDArray[np.bool_]:
        """Pixels where the strength is no less than one step to either side of the line."""
        step = min(bscan_mm, ascan_mm)
        b, x = np.indices(self.strength.shape)
        db = np.cos(self.direction) * step / bscan_mm
        dx = -np.sin(self.direction) * step / ascan_mm
        sides = [
            ndimage.map_coordinates(
                self.strength, [b + side * db, x + side * dx], order=1, mode="nearest"
            )
            for side in (-1, 1)
        ]
        return np.asarray(self.strength >= np.maximum(*sides))


def ridges(image: Float64, *, bscan_mm: float, ascan_mm: float, width_mm: float) -> Ridges:
    """Bright lines of about one width, by oriented filters.

    Parameters
    ----------
    image : float64, (B, X)
        Without NaN.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans.
    width_mm : float
        Standard deviation of the line's profile.

    References
    ----------
    Chaudhuri et al. 1989, filters matched to vessels: https://doi.org/10.1109/42.34715; here the
    profile is a narrow Gaussian less a wide one.
    """
    strongest = np.full(image.shape, -np.inf)
    weakest = np.full(image.shape, np.inf)
    along, direction = np.zeros(image.shape), np.zeros(image.shape)
    half = WINDOW * width_mm * max(ALONG, SURROUND)
    rows, columns = (int(np.ceil(half / step)) for step in (bscan_mm, ascan_mm))
    padded = np.pad(image, ((rows, rows), (columns, columns)), mode="reflect")
    b, x = np.mgrid[-rows : rows + 1, -columns : columns + 1]
    for angle in np.pi * np.arange(DIRECTIONS) / DIRECTIONS:
        lengthwise = x * ascan_mm * np.cos(angle) + b * bscan_mm * np.sin(angle)
        across = b * bscan_mm * np.cos(angle) - x * ascan_mm * np.sin(angle)
        line = _gaussian(lengthwise, ALONG * width_mm) * _gaussian(across, width_mm)
        mean = signal.oaconvolve(padded, line / line.sum(), mode="valid")
        strength = signal.oaconvolve(
            padded, _line_filter(line, lengthwise, across, width_mm), "valid"
        )
        better = strength > strongest
        strongest[better] = strength[better]
        along[better], direction[better] = mean[better], angle
        np.minimum(weakest, strength, out=weakest)
    return Ridges(strength=strongest, dark_strength=-weakest, along=along, direction=direction)


def _gaussian(distance: Float64, sigma: float) -> Float64:
    return np.asarray(np.exp(-(distance**2) / (2 * sigma**2)))


def _line_filter(line: Float64, lengthwise: Float64, across: Float64, width: float) -> Float64:
    """Line less surroundings, so that a step of 1 between them gives 1."""
    wide = _gaussian(lengthwise, ALONG * width) * _gaussian(across, SURROUND * width) / SURROUND
    found = line - wide
    bright = found > 0
    found[bright] /= found[bright].sum()
    found[~bright] /= -found[~bright].sum()
    return np.asarray(found)
