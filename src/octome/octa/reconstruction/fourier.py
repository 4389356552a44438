"""The Fourier transform along the first axis of a block of A-scans, by an installed library.

`scipy` is always there. `pyfftw` (the extra `fast`) wraps FFTW, which is under the GPL: it is used
where the user installed it, and never required.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from scipy import fft

from octome.errors import UnknownName
from octome.octa.acquisition import Complex64

Transform = Callable[[], Complex64]


def _scipy(block: Complex64) -> Transform:
    return lambda: fft.fft(block, axis=0, workers=1, overwrite_x=True)


def _pyfftw(block: Complex64) -> Transform:
    import pyfftw

    plan: Any = pyfftw.FFTW(block, block, axes=(0,), flags=("FFTW_MEASURE",), threads=1)

    def transform() -> Complex64:
        plan.execute()
        return block

    return transform


BACKENDS: dict[str, Callable[[Complex64], Transform]] = {"scipy": _scipy, "pyfftw": _pyfftw}


@cache
def available() -> tuple[str, ...]:
    """The libraries that are installed, the fastest first."""
    return tuple(name for name in ("pyfftw", "scipy") if find_spec(name))


def chosen(name: str) -> str:
    """The library of that name, or the fastest for `auto`."""
    if name == "auto":
        return available()[0]
    if name not in available():
        raise UnknownName(
            f"no library {name!r} for the Fourier transform; there are: {', '.join(available())}",
            found=name,
            known=list(available()),
        )
    return name


class Workspace:
    """The buffers of one thread: lines of float, their complex spectra, and the transform."""

    def __init__(self, samples: int, ascans: int, backend: str) -> None:
        self.lines = np.zeros((samples, ascans), np.float32)
        self.block = np.zeros((samples, ascans), np.complex64)
        self.transform = BACKENDS[backend](self.block)
