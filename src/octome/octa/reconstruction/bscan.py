"""Complex B-scans from raw spectra, block by block, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from octome.errors import ShapeMismatch
from octome.octa.acquisition import ArrayLike, Float32
from octome.octa.calibration import Calibration
from octome.octa.kernel import blocks
from octome.octa.reconstruction.background import background as background_of
from octome.octa.reconstruction.reconstruction_plan import Reconstruction

Progress = Callable[[int, int], None]

BLOCK_BYTES = 32e6  # of raw spectra read at a time


def reconstruct(
    spectra: ArrayLike,
    calibration: Calibration,
    *,
    background: Float32 | None = None,
    window: str = "hann",
    rows: slice = slice(None),
    out: Any = None,
    progress: Progress | None = None,
) -> Any:
    """The complex B-scans of a scan.

    Amplitude is how much light came from each depth; phase moves with the tissue, a full turn
    for about 300 nm.

    Parameters
    ----------
    spectra : uint16 or float32, (B, R, X, K)
        Detector counts, in memory or in a file, read block by block.
    calibration : Calibration
        Wavenumbers of the detector, and the dispersion to compensate.
    background : float32, (K,) or (B, K), optional
        What every A-scan shares; `background.background(spectra)` if not given.
    window : str
        none, hann, gauss or tukey.
    rows : slice
        The depths to keep, of K / 2; row 0 is the zero delay.
    out : array, optional
        complex64 `(B, R, Z, X)`, in memory or a dataset in a file.
    progress : callable, optional
        Called with B-scans done and their total, in the caller's thread.

    Returns
    -------
    bscans : complex64, (B, R, Z, X)
        `out` if it was given. In detector counts: a full fringe of amplitude 1 becomes 1. Its
        phase is that of the middle wavenumber, so it varies slowly along Z.

    Raises
    ------
    ShapeMismatch
        Shapes that disagree with each other or with the calibration.

    References
    ----------
    Wojtkowski et al. 2004, https://doi.org/10.1364/OPEX.12.002404: linearisation, then the phase
    correction, then the transform.

    Examples
    --------
    >>> line = Calibration(np.linspace(7.0, 8.0, 64))
    >>> wave = np.cos(2 * np.pi * 9 * np.arange(64) / 64)
    >>> spectra = np.broadcast_to(wave, (1, 1, 2, 64)).astype(np.float32)
    >>> bscans = reconstruct(spectra, line, background=np.zeros(64, np.float32))
    >>> bscans.shape, int(np.abs(bscans[0, 0, :, 0]).argmax())
    ((1, 1, 32, 2), 9)
    """
    plan = Reconstruction(
        calibration,
        background_of(spectra) if background is None else background,
        window=window,
        rows=rows,
    )
    shape = (*spectra.shape[:2], plan.depth, *spectra.shape[2:3])
    if out is None:
        out = np.empty(shape, np.complex64)
    if tuple(out.shape) != shape:
        raise ShapeMismatch(
            f"out needs the shape {shape}; found {tuple(out.shape)}", found=out.shape, needed=shape
        )
    is_memory = isinstance(out, np.ndarray)
    for block in block_slices(spectra):
        found = plan.bscans(
            np.asarray(spectra[block]), out[block] if is_memory else None, first=block.start
        )
        if not is_memory:
            out[block] = found
        if progress:
            progress(block.stop, spectra.shape[0])
    return out


def block_slices(spectra: ArrayLike) -> Iterator[slice]:
    """Blocks of B-scans: small parts of a scan, large enough to be worth a thread."""
    bscans = spectra.shape[0]
    each = float(np.prod(spectra.shape[1:], dtype=np.float64)) * spectra.dtype.itemsize
    return blocks(bscans, max(1, min(int(BLOCK_BYTES // max(each, 1)), bscans // 8)))
