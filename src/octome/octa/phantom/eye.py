"""The simulated eye: scan it, and compare what you found with what is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import UnknownName
from octome.octa.acquisition import (
    Complex64,
    Float32,
    RawAcquisition,
    ScanGeometry,
)
from octome.octa.calibration import Calibration
from octome.octa.kernel import kernel, share
from octome.octa.phantom.beam import FWHM_PER_SIGMA, Beam
from octome.octa.phantom.detector import Detector, calibration_of
from octome.octa.phantom.motion import motion_of
from octome.octa.phantom.noise import complex_normal, stream
from octome.octa.phantom.scan_plan import Optics, Physics, ScanPlan, variant_named
from octome.octa.phantom.tissue import Tissue
from octome.octa.surface import SurfaceMaps
from octome.octa.truth import TrueMotion, Truth

AXIAL_TAPS = 9


@dataclass(frozen=True)
class Simulated:
    """An array that is simulated as it is read, a slice of B-scans at a time."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    block: Callable[[slice], NDArray[Any]]

    def __getitem__(self, key: Any) -> NDArray[Any]:
        first, *rest = key if isinstance(key, tuple) else (key,)
        if isinstance(first, slice):
            return self.block(first)[(slice(None), *rest)]
        index = range(self.shape[0])[first]
        found: NDArray[Any] = self.block(slice(index, index + 1))[(0, *rest)]
        return found


class SimulatedEye:
    """One eye before one machine; the same arguments give the same scan to the last bit.

    Parameters
    ----------
    variant : str
        A name of `plan.VARIANTS`.
    seed : int
        Which eye, and which random numbers.
    motion : float, optional
        How restless: 0 for an eye that holds still; the variant's own if None.
    signal_db : float, optional
        Power of the nerve fibre layer over the noise; the variant's own if None.
    optics, physics
        The machine, and what blood does to light.
    **scan
        Fields of `plan.ScanPlan`.

    Raises
    ------
    UnknownName
        No such variant.
    ShapeMismatch
        A scan that is impossible.

    Examples
    --------
    >>> eye = SimulatedEye(seed=1, bscans=2, repeats=2, ascans=16, samples=512)
    >>> eye.spectra().shape, eye.bscans().shape
    ((2, 2, 16, 512), (2, 2, 256, 16))
    """

    def __init__(
        self,
        variant: str = "normal",
        seed: int = 0,
        *,
        motion: float | None = None,
        signal_db: float | None = None,
        optics: Optics | None = None,
        physics: Physics | None = None,
        **scan: Any,
    ) -> None:
        kind = variant_named(variant)
        self.variant, self.seed = variant, seed
        self.plan = ScanPlan(**scan)
        self.optics = optics or Optics()
        calibration = calibration_of(self.optics, self.plan.samples)
        self.geometry = ScanGeometry(calibration.axial_mm, self.plan.ascan_mm, self.plan.bscan_mm)
        restless = kind.motion if motion is None else motion
        moved = motion_of(self.plan, seed, restless, calibration.axial_mm)
        self._tissue = Tissue(kind, self.plan, calibration.axial_mm, seed, physics or Physics())
        self._beam = Beam(self._tissue, moved, self.optics.lateral_um, seed)
        self._signal_db = kind.signal_db if signal_db is None else signal_db
        self._detector = Detector(self.optics, calibration, self._signal_db, seed)
        self.truth = self._truth(moved, calibration)

    def _truth(self, motion: TrueMotion, calibration: Calibration) -> Truth:
        """Surfaces and vessels where the frames outside saccades were taken."""
        still = ~motion.is_saccade
        # Where every repeat was part of a saccade, all of them are used.
        still |= ~still.any(axis=1, keepdims=True)
        weight = (still / still.sum(axis=1, keepdims=True)).astype(np.float32)
        bscans, _, ascans = motion.lateral_px_by_ascan.shape
        slow = (motion.slow_px * weight).sum(axis=1)
        lateral = np.einsum("brx,br->bx", motion.lateral_px_by_ascan, weight)
        b = np.broadcast_to((np.arange(bscans) + slow)[:, None], (bscans, ascans))
        rows, vessels = self._tissue.seen(
            b.astype(np.float32), (np.arange(ascans) + lateral).astype(np.float32)
        )
        sure = {name: np.ones((bscans, ascans), np.float32) for name in rows}
        return Truth(SurfaceMaps(rows, sure), vessels, motion, calibration)

    def _stated(self) -> dict[str, str | float]:
        """What the recorder states about itself and about the area that it scanned."""
        stated = self.optics.metadata()
        # The fovea lies in the middle unless the plan moves it away.
        if self.plan.centre_mm == (0.0, 0.0):
            stated["centred_on"] = "macula"
        return stated

    @property
    def source(self) -> NDArray[np.float64]:
        """Power of the source at each pixel of the detector, (K,), 1 at its peak."""
        return self._detector.source

    @property
    def background(self) -> NDArray[np.float64]:
        """Counts at each pixel without an eye, (K,)."""
        return self._detector.background

    @property
    def axial_fwhm_px(self) -> float:
        """Full width at half maximum of a mirror's amplitude, rows: the transform limit."""
        return self.optics.depth_resolution_um / self.geometry.axial_um

    def mirror(self, depth_um: float) -> Float32:
        """The spectrum of a mirror `depth_um` deep in tissue, no background, no noise, (K,)."""
        return self._detector.mirror(depth_um)

    def _by_block(self, block: slice | None, work: Callable[[Beam, int, int], None]) -> None:
        """Do the work for each B-scan of the block, `(beam, B-scan, its place in the block)`."""
        first, last, _ = (block or slice(None)).indices(self.plan.bscans)

        def part(piece: slice) -> None:
            beam = self._beam.copy()
            for n in range(piece.start, piece.stop):
                work(beam, first + n, n)

        # Neighbours share planes of scatterers: a long piece computes few of them twice.
        share(part, last - first, max(1, -(-(last - first) // 8)))

    def spectra(self, block: slice | None = None) -> NDArray[np.uint16]:
        """The raw spectra, uint16, `(B, R, X, K)`; of a block of B-scans if one is given."""
        count = len(range(*(block or slice(None)).indices(self.plan.bscans)))
        out = np.empty((count, *self.plan.shape[1:]), np.uint16)
        um = self.geometry.axial_um

        def record(beam: Beam, b: int, place: int) -> None:
            chance = stream(self.seed, "noise", b)
            for repeat, frame in enumerate(beam.frames(b)):
                shift = self.truth.motion.axial_px_by_ascan[b, repeat] * np.float64(um)
                out[place, repeat] = self._detector.spectra(frame, shift, chance)

        self._by_block(block, record)
        return out

    def bscans(self, block: slice | None = None) -> Complex64:
        """B-scans as an ideal reconstruction gives them, complex64, `(B, R, Z, X)`.

        With speckle, flow, motion, its bulk phase, roll-off and noise; power 1 is the mean of the
        nerve fibre layer at the top of the depth range.
        """
        count = len(range(*(block or slice(None)).indices(self.plan.bscans)))
        depth, ascans = self._tissue.depth, self.plan.ascans
        out = np.empty((count, self.plan.repeats, depth, ascans), np.complex64)
        sigma = self.axial_fwhm_px / FWHM_PER_SIGMA
        noise = np.float32(10 ** (-self._signal_db / 20))
        centre = 4 * np.pi * self.optics.refractive_index / (self.optics.centre_nm / 1000)
        loss = self._detector.loss.astype(np.float32)

        def spread(beam: Beam, b: int, place: int) -> None:
            chance = stream(self.seed, "noise", b)
            for repeat, frame in enumerate(beam.frames(b)):
                shift = self.truth.motion.axial_px_by_ascan[b, repeat]
                phase = np.exp(1j * centre * self.geometry.axial_um * shift.astype(np.float64))
                frame *= loss[:, None]
                here = out[place, repeat]
                here[:] = complex_normal(chance, frame.shape)
                here *= noise
                _spread(frame, shift, phase.astype(np.complex64), np.float32(sigma), here)

        self._by_block(block, spread)
        return out

    def acquisition(self, content: str = "spectra") -> RawAcquisition:
        """The scan as a scanner exports it: simulated as it is read, a few B-scans at a time.

        Parameters
        ----------
        content : str
            `spectra`, with the factory's calibration (wavenumbers, no dispersion), or `bscans`.

        Raises
        ------
        UnknownName
            Another content.
        """
        b, r, x, k = self.plan.shape
        recorded: dict[str, Any]
        if content == "spectra":
            spectra = Simulated((b, r, x, k), np.dtype(np.uint16), self.spectra)
            factory = self.truth.calibration.with_dispersion(())
            recorded = {"spectra": spectra, "calibration": factory}
        elif content == "bscans":
            bscans = Simulated((b, r, k // 2, x), np.dtype(np.complex64), self.bscans)
            recorded = {"bscans": bscans, "axial_mm": self.geometry.axial_mm}
        else:
            raise UnknownName(
                f"an acquisition holds spectra or bscans; found {content!r}",
                found=content,
                known=["spectra", "bscans"],
            )
        return RawAcquisition(
            **recorded,
            ascan_mm=self.plan.ascan_mm,
            bscan_mm=self.plan.bscan_mm,
            ascan_rate_hz=self.plan.ascan_rate_hz,
            repeat_interval_ms=self.plan.repeat_interval_ms,
            laterality="R",
            metadata={"variant": self.variant, "seed": self.seed, **self._stated()},
        )


@kernel
def _spread(frame, shift, phase, sigma, out):  # type: ignore[no-untyped-def]
    """Add the frame to `out`, each A-scan moved by `shift` rows, blurred and turned in phase."""
    depth, ascans = frame.shape
    half = AXIAL_TAPS // 2
    weights = np.empty((ascans, AXIAL_TAPS), np.float32)
    whole = np.empty(ascans, np.int64)
    for x in range(ascans):
        whole[x] = int(np.floor(shift[x] + np.float32(0.5)))
        total = np.float32(0.0)
        for tap in range(AXIAL_TAPS):
            away = (tap - half) - (shift[x] - whole[x])
            weights[x, tap] = np.exp(-away * away / (2 * sigma * sigma))
            total += weights[x, tap] ** 2
        for tap in range(AXIAL_TAPS):
            weights[x, tap] /= np.sqrt(total)
    for z in range(depth):
        for x in range(ascans):
            total_field = np.complex64(0.0)
            for tap in range(AXIAL_TAPS):
                at = z - whole[x] - (tap - half)
                if 0 <= at < depth:
                    total_field += weights[x, tap] * frame[at, x]
            out[z, x] += phase[x] * total_field
