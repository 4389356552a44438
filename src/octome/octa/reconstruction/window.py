"""The windows that shape a spectrum: side lobes against axial resolution."""

from __future__ import annotations

from octome.errors import UnknownName
from octome.octa.acquisition import Float32

WINDOWS = ("none", "hann", "gauss", "tukey")
GAUSS_SIGMA = 0.2  # of the band: 4 % is left at its edges
TUKEY_SHARE = 0.25  # of the band that is tapered


def window(name: str, samples: int) -> Float32:
    """The window of that name, (K,), 1 at its highest.

    Raises
    ------
    UnknownName
        There is none; the message lists the known names.

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
    # Imported here: it takes as long to import as everything else in this package.
    from scipy.signal import windows

    shape = {
        "none": "boxcar",
        "hann": "hann",
        "gauss": ("gaussian", GAUSS_SIGMA * samples),
        "tukey": ("tukey", TUKEY_SHARE),
    }[name]
    found: Float32 = windows.get_window(shape, samples, fftbins=False).astype("float32")
    return found
