"""What a scan's reconstruction needs, computed once, and the loops that use it.

A-scans lie side by side in blocks that a core's cache holds, so that interpolation runs along them
in the processor's wide registers, and the transform's result is already `(Z, X)`: nothing is
transposed afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Complex64, Float32
from octome.octa.calibration import Calibration
from octome.octa.kernel import blocks, kernel, share
from octome.octa.reconstruction.fourier import Workspace, chosen
from octome.octa.reconstruction.linearisation import interpolation, linearised
from octome.octa.reconstruction.window import window as window_of

SAMPLES = 2**16  # side by side: 0.8 MB with their spectra, which a core's own cache holds
LANES = 16  # floats in the widest registers


class Reconstruction:
    """All that is computed once for a scan: weights, window, dispersion, workspaces.

    Parameters
    ----------
    calibration : Calibration
        Wavenumbers and dispersion.
    background : float32, (K,) or (B, K)
        Subtracted from each spectrum, in its units; of each B-scan if it has two axes.
    window : str
        none, hann, gauss or tukey.
    rows : slice
        The depths to keep, of the K / 2 from the zero delay downwards.
    transform : str
        scipy, pyfftw, or auto for the fastest that is installed.

    Raises
    ------
    ShapeMismatch
        The background is neither (K,) nor (B, K), or no row is kept.
    UnknownName
        No such window or library.
    """

    def __init__(
        self,
        calibration: Calibration,
        background: Float32,
        *,
        window: str = "hann",
        rows: slice = slice(None),
        transform: str = "auto",
    ) -> None:
        self.samples = samples = calibration.samples
        if np.ndim(background) not in (1, 2) or np.shape(background)[-1] != samples:
            raise ShapeMismatch(
                f"the background has shape {np.shape(background)}, the calibration {samples} "
                "samples",
                found=np.shape(background),
                needed=(samples,),
            )
        first, last, step = rows.indices(samples // 2)
        self.rows = slice(first, last, step)
        self.depth = len(range(first, last, step))
        if self.depth == 0 or step < 1:
            raise ShapeMismatch(f"{rows} keeps none of {samples // 2} rows", needed=samples // 2)
        self._first, self._weights = interpolation(calibration)
        rows_of_background = np.atleast_2d(np.asarray(background, np.float64))
        self._background = linearised(rows_of_background, calibration)
        shape = window_of(window, samples)
        # A fringe of 1 count at every pixel becomes an amplitude of 1.
        turn = np.exp(-1j * calibration.phase()) * shape * (2 / shape.sum())
        self._turn = turn.astype(np.complex64)
        self._backend = chosen(transform)
        # By their width; a workspace serves one thread at a time.
        self._workspaces: defaultdict[int, SimpleQueue[Workspace]] = defaultdict(SimpleQueue)

    def bscans(
        self, spectra: NDArray[Any], out: Complex64 | None = None, *, first: int = 0
    ) -> Complex64:
        """The B-scans of spectra in memory, `(B, R, X, K)` to complex64 `(B, R, Z, X)`.

        `first` is the number of the first of them where each B-scan has its own background.
        """
        if spectra.ndim != 4 or spectra.shape[-1] != self.samples:
            raise ShapeMismatch(
                f"spectra (B, R, X, K) need {self.samples} samples; found shape {spectra.shape}",
                found=spectra.shape,
                needed=self.samples,
            )
        if spectra.dtype not in (np.uint16, np.float32):
            spectra = spectra.astype(np.float32)
        bscans, repeats, ascans, _ = spectra.shape
        shape = (bscans, repeats, self.depth, ascans)
        if out is None:
            out = np.empty(shape, np.complex64)
        elif out.shape != shape or out.dtype != np.complex64:
            raise ShapeMismatch(
                f"out needs complex64 {shape}; found {out.dtype} {out.shape}",
                found=out.shape,
                needed=shape,
            )
        # Equal pieces of each frame, as wide as the cache holds, in whole registers.
        each = -(-ascans // -(-ascans // max(LANES, SAMPLES // self.samples)))
        width = -(-each // LANES) * LANES
        pieces = [(b, r, x) for b in range(bscans) for r in range(repeats)
                  for x in blocks(ascans, width)]  # fmt: skip

        def work(part: slice) -> None:
            workspace = self._workspace(width)
            for b, r, x in pieces[part]:
                own = self._background[first + b if len(self._background) > 1 else 0]
                self._piece(spectra[b, r, x], own, workspace, out[b, r, :, x])
            self._workspaces[width].put(workspace)

        share(work, len(pieces))
        return out

    def _workspace(self, width: int) -> Workspace:
        """A workspace that no other thread uses."""
        try:
            return self._workspaces[width].get_nowait()
        except Empty:
            return Workspace(self.samples, width, self._backend)

    def _piece(
        self, raw: NDArray[Any], background: NDArray[Any], workspace: Workspace, out: Complex64
    ) -> None:
        """Reconstruct some A-scans of one frame, `(X, K)` to `(Z, X)`."""
        _lines(raw, workspace.lines)
        _linearised(
            workspace.lines,
            self._first,
            self._weights,
            background,
            self._turn,
            workspace.block,
        )
        out[:] = workspace.transform()[self.rows, : raw.shape[0]]


@kernel
def _lines(raw, out):  # type: ignore[no-untyped-def]
    """Raw spectra as float32, turned to `(K, X)`."""
    ascans, samples = raw.shape
    whole = samples // 16 * 16
    for start in range(0, whole, 16):
        for x in range(ascans):
            for k in range(start, start + 16):
                out[k, x] = raw[x, k]
    for x in range(ascans):
        for k in range(whole, samples):
            out[k, x] = raw[x, k]


@kernel
def _linearised(lines, first, weights, background, turn, out):  # type: ignore[no-untyped-def]
    """Samples at equal steps of wavenumber, times window and dispersion, `(K, X)`.

    The middle of the band goes first: then the field varies slowly along Z, and may be shifted by
    parts of a row.
    """
    samples, ascans = lines.shape
    total = np.empty(ascans, np.float32)
    for k in range(samples):
        total[:] = -background[k]
        # Six at a time, by name: as many as the processor keeps in registers.
        for tap in range(0, weights.shape[1], 6):
            at, w = first[k] + tap, weights[k, tap : tap + 6]
            w0, w1, w2, w3, w4, w5 = w[0], w[1], w[2], w[3], w[4], w[5]
            for x in range(ascans):
                total[x] += (
                    w0 * lines[at, x]
                    + w1 * lines[at + 1, x]
                    + w2 * lines[at + 2, x]
                    + w3 * lines[at + 3, x]
                    + w4 * lines[at + 4, x]
                    + w5 * lines[at + 5, x]
                )
        factor = turn[k]
        place = (k + samples - samples // 2) % samples
        for x in range(ascans):
            out[place, x] = total[x] * factor
