"""Stored grey values as linear amplitude, the unit of octome's computations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32

# dB of amplitude between black and white. Vendors draw B-scans on a logarithmic scale and do not
# state its span; 40 dB is near what a healthy retina spans above the noise. Only the ratio of
# bright to dark depends on it, never the order of two voxels.
GREY_SPAN_DB = 40.0

# HEYEX marks missing values with the largest float; reflectivity itself ends near 1.
_MISSING_POWER = 1e30


def amplitude_of_grey(
    grey: NDArray[np.generic], white: float, span_db: float | None = None
) -> Float32:
    """Linear amplitude of logarithmic grey values, 1 at white and `span_db` less at black.

    Parameters
    ----------
    grey : any numeric type and shape
        From 0, black.
    white : float
        The grey value of white, > 0.
    span_db : float, optional
        As the caller knows it; `GREY_SPAN_DB` if None.

    Returns
    -------
    amplitude : float32, of the same shape
        NaN where grey is not a number.

    Examples
    --------
    >>> amplitude_of_grey(np.array([0, 255], np.uint8), 255).tolist()
    [0.009999999776482582, 1.0]
    """
    level = np.asarray(grey, np.float32) / np.float32(white)
    # In place: a volume is large.
    level -= np.float32(1)
    level *= np.float32((span_db or GREY_SPAN_DB) / 20)
    np.power(np.float32(10), level, out=level)
    return level


def grey_scale(white: float, span_db: float | None = None) -> str:
    """A description of `amplitude_of_grey` for the metadata of a volume."""
    source = "the vendor does not state the true span" if span_db is None else "given by the caller"
    return (
        f"grey 0 to {white:g} taken for a logarithmic scale of {span_db or GREY_SPAN_DB:g} dB of "
        f"amplitude; {source}"
    )


HEYEX_SCALE = (
    "grey of HEYEX turned back into reflectivity by eyepy's measured relation "
    "(grey/255 = (ln(R + 0.000244) + 8.3) / 8.285), and its square root taken"
)


def amplitude_of_heyex_grey(grey: NDArray[np.uint8]) -> Float32:
    """Linear amplitude of the 8-bit pictures that HEYEX exports.

    Their relation to the reflectivity of a raw export of the same scan was measured by the author
    of eyepy, to within 3 grey values: https://github.com/marksgraham/OCT-Converter/issues/21

    >>> [f"{a:.3f}" for a in amplitude_of_heyex_grey(np.array([0, 255], np.uint8))]
    ['0.002', '0.992']
    """
    levels = np.arange(256) / 255
    power = np.exp(8.285 * levels - 8.3) - 2.44e-4
    return np.sqrt(power).astype(np.float32)[grey]


POWER_SCALE = "square root of the stored reflectivity, which is linear in power"


def amplitude_of_power(power: NDArray[np.floating]) -> Float32:
    """Linear amplitude of reflectivity that was stored linear in power.

    NaN where the device recorded nothing: there the file holds a very large number.

    >>> amplitude_of_power(np.array([0.25, 3.4028235e38], np.float32)).tolist()
    [0.5, nan]
    """
    recorded = (power >= 0) & (power < _MISSING_POWER)
    amplitude = np.where(recorded, power, np.nan).astype(np.float32, copy=False)
    np.sqrt(amplitude, out=amplitude)
    return amplitude
