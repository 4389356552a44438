"""How values become whole numbers and back: the only place where values are rounded.

A stored value p > 0 means ``intercept + slope * p``; 0 means no value. It is written as a Real
World Value Mapping (PS3.3 C.7.6.16.2.11), so that other software can use it too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from highdicom.pm import RealWorldValueMapping
from numpy.typing import NDArray

from octome.instances.code import unit
from octome.octa.acquisition import Float32
from octome.octa.kernel import share

UINT16_TOP = 65535
INT16_TOP = 32767
SPAN_DB = 100.0  # more than any OCT's range; one step of 16 bits is then 0.0015 dB
# LUT Explanation of a scale in dB: known, or taken from grey whose curve its vendor does not state.
AMPLITUDE, GREY = "linear amplitude, in dB", "grey taken for a logarithm of amplitude, in dB"
SMALLEST = np.float32(1e-30)  # amplitude: the darkest value, and it has a logarithm
Stored = NDArray[np.uint16]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A linear scale of whole numbers from 1 to `top`."""

    slope: float
    intercept: float
    top: int
    unit: str
    """UCUM. In dB the value is ``20 log10`` of a linear amplitude."""
    label: str
    """LUT Label, at most 16 characters."""
    meaning: str
    """LUT Explanation, at most 64."""

    @property
    def is_decibel(self) -> bool:
        """Whether the logarithm is stored."""
        return self.unit == "dB"

    @property
    def is_amplitude(self) -> bool:
        """Whether the values are known to be amplitudes, up to one factor."""
        return self.is_decibel and self.meaning == AMPLITUDE

    def stored(self, values: Float32) -> Stored:
        """The whole numbers: 0 where NaN; cut at the ends of the scale. Any shape."""
        flat = np.ascontiguousarray(values, np.float32).reshape(-1)
        out = np.empty(flat.shape, np.uint16)
        gain = np.float32((20 / np.log(10) if self.is_decibel else 1.0) / self.slope)
        begin = np.float32(self.intercept / self.slope)

        def run(part: slice) -> None:
            if self.is_decibel:
                level = np.maximum(flat[part], SMALLEST)
                np.log(level, out=level)
                level *= gain
            else:
                level = flat[part] * gain
            level -= begin
            np.rint(level, out=level)
            np.clip(level, 1, self.top, out=level)
            np.nan_to_num(level, copy=False, nan=0.0)
            out[part] = level

        # As much at a time as the nearest caches hold.
        share(run, len(flat), 1 << 16)
        return out.reshape(values.shape)

    def values(self, stored: NDArray[np.integer]) -> Float32:
        """The values, float32: NaN where the number is 0; amplitudes where the scale is dB."""
        table = self.intercept + self.slope * np.arange(UINT16_TOP + 1)
        # A scale of 8 bits does not reach the end of the table, which may not be a number.
        with np.errstate(over="ignore"):
            table = 10 ** (table / 20) if self.is_decibel else table
            table = table.astype(np.float32)
        table[0] = np.nan
        flat = np.ascontiguousarray(stored).reshape(-1)
        out = np.empty(flat.shape, np.float32)

        def run(part: slice) -> None:
            np.take(table, flat[part], out=out[part], mode="clip")

        share(run, len(flat), 1 << 16)
        return out.reshape(stored.shape)

    def mapping(self) -> RealWorldValueMapping:
        """An item of Real World Value Mapping Sequence."""
        return RealWorldValueMapping(
            lut_label=self.label,
            lut_explanation=self.meaning,
            unit=unit(self.unit),
            value_range=(1, self.top),
            slope=self.slope,
            intercept=self.intercept,
        )


def decibel_scale(amplitude: Float32, *, label: str, meaning: str) -> Scale:
    """The scale of 100 dB that ends at the greatest amplitude."""
    top = float(np.nanmax(amplitude, initial=0.0))
    top_db = 20 * np.log10(top) if np.isfinite(top) and top > 0 else 0.0
    slope = SPAN_DB / (UINT16_TOP - 1)
    return Scale(
        slope=slope,
        intercept=float(top_db - slope * UINT16_TOP),
        top=UINT16_TOP,
        unit="dB",
        label=label,
        meaning=meaning,
    )


def linear_scale(values: Float32, *, top: int, unit: str, label: str, meaning: str) -> Scale:
    """The scale from the least (or 0, if that is less) to the greatest value."""
    low = min(0.0, float(np.nanmin(values, initial=0.0)))
    high = float(np.nanmax(values, initial=0.0))
    slope = (high - low) / (top - 1) if high > low else 1.0 / (top - 1)
    return Scale(
        slope=slope, intercept=low - slope, top=top, unit=unit, label=label, meaning=meaning
    )
