"""What a vendor's program draws into a picture: a box with an arrow, letters around it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32

SIZE = 0.13  # of the box, in parts of the picture's smaller side
MARGIN = 0.06


def with_marks(
    grey: NDArray[np.uint8], truth: Mapping[str, Float32], rng: np.random.Generator
) -> NDArray[np.uint8]:
    """The pictures, (B, Z, X), with marks in a corner where no retina is."""
    _, rows, ascans = grey.shape
    side = max(12, round(SIZE * min(rows, ascans)))
    gap = max(3, round(MARGIN * min(rows, ascans)))
    left = gap if rng.random() < 0.7 else ascans - gap - side
    columns = slice(max(0, left - gap), left + side + gap)
    ends = np.stack([truth["ILM"][:, columns], truth["BM"][:, columns]])
    if not np.isfinite(ends).any():
        return grey
    if rows - np.nanmax(ends) > side + 3 * gap:
        top = rows - 2 * gap - side
    elif np.nanmin(ends) > side + 3 * gap:
        top = gap
    else:
        return grey
    marked = grey.copy()
    box = marked[:, top : top + side, left : left + side]
    box[:, [0, -1]] = box[:, :, [0, -1]] = 255
    box[:, side // 2] = 255
    for n in range(side // 8):
        box[:, side // 2 - n, side - 2 - n] = box[:, side // 2 + n, side - 2 - n] = 255
    # Letters: strokes as thin as a letter's.
    for row, column in ((top - gap // 2, left + side // 2), (top + side // 2, left - gap // 2)):
        marked[:, row - 2 : row + 3, column : column + 2] = 255
    return marked
