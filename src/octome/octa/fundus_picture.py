"""The picture of the fundus that a device took with a scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch

Light = Literal["infrared", "red-free", "white"]


@dataclass(frozen=True, kw_only=True)
class FundusPicture:
    """A picture of the fundus as the device shows it: columns to the patient's left, rows down.

    Raises
    ------
    ShapeMismatch
        It is neither grey nor RGB.
    """

    pixels: NDArray[np.uint8]
    """(rows, columns), or (rows, columns, 3) as RGB."""
    spacing_mm: tuple[float, float] | None = None
    """Between rows, between columns; None if the file does not state it."""
    light: Light | None = None
    """None if the file does not state it."""
    angle_deg: float | None = None
    """Its horizontal field of view."""
    compression: tuple[str, float] | None = None
    """How the device compressed it with loss: a Defined Term of DICOM, and the ratio; else None."""

    def __post_init__(self) -> None:
        shape = self.pixels.shape
        if len(shape) not in (2, 3) or shape[2:] not in ((), (3,)) or min(shape) < 1:
            raise ShapeMismatch(f"a picture is grey or RGB; found {shape}", found=shape)
