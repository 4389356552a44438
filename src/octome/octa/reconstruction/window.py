"""The windows that shape a spectrum: side lobes against axial resolution."""

from __future__ import annotations

from scipy.signal import windows

from octome.errors import UnknownName
from octome.octa.acquisition import Float32

WINDOWS = {
    "none": windows.boxcar,
    "hann": windows.hann,
    "gauss": lambda samples: windows.gaussian(samples, samples / 5),
    "tukey": lambda samples: windows.tukey(samples, 0.25),
}
"""Each takes the number of samples. The Gaussian falls to 4 % at the edges of the band."""


def window(name: str, samples: int) -> Float32:
    """The window of that name, (K,), 1 at its highest.

    Raises
    ------
    UnknownName
        There is none; the known ones are named.

    Examples
    --------
    >>> window("hann", 5).tolist()
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    if name not in WINDOWS:
        raise UnknownName(
            f"no window {name!r}; there are: {', '.join(WINDOWS)}",
            found=name,
            known=list(WINDOWS),
        )
    found: Float32 = WINDOWS[name](samples).astype("float32")
    return found
