"""The whole chain on arrays: from what a scanner recorded to structure, flow and surfaces.

The steps are in the other modules of this package; here they run in order, a few B-scans at a time
where that is possible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from octome.errors import ShapeMismatch, SurfaceMissing, TooFewRepeats
from octome.octa.acquisition import Float32, RawAcquisition, ScanGeometry
from octome.octa.calibration import Calibration
from octome.octa.enface import Projection, enface
from octome.octa.flow.bulk_motion import bulk_motion_removed
from octome.octa.flow.methods import FlowMethod, flow_method
from octome.octa.flow.noise_floor import noise_floor
from octome.octa.flow.projection import projections_removed
from octome.octa.flow.stripes import stripes_removed
from octome.octa.kernel import blocks
from octome.octa.reconstruction.background import background
from octome.octa.reconstruction.bscan import reconstruct
from octome.octa.reconstruction.dispersion import found_dispersion
from octome.octa.registration.motion import Motion
from octome.octa.registration.search import found_motion
from octome.octa.registration.shift import registered
from octome.octa.segmentation.layers import segmented
from octome.octa.slab import Slab
from octome.octa.structure import structural_volume
from octome.octa.surface import SurfaceMaps

Progress = Callable[[str, float], object]
BSCANS_AT_ONCE = 16
COMPLEX_METHOD, AMPLITUDE_METHOD = "omag", "speckle-variance"


@dataclass(frozen=True, kw_only=True)
class ScanVolumes:
    """Structure and flow of an acquisition, before the eye's layers are known."""

    structure: Float32
    """(B, Z, X), linear amplitude; NaN where absent."""
    flow: Float32 | None
    """(B, Z, X), as `method` gives it, 0 below the noise floor; NaN where absent. None of a scan
    without repeats."""
    geometry: ScanGeometry
    method: FlowMethod | None
    noise_floor: float
    """Linear amplitude below which no flow was computed."""


@dataclass(frozen=True, kw_only=True)
class Scan(ScanVolumes):
    """The volumes of an acquisition, and what was found on the way to them."""

    motion: Motion
    calibration: Calibration | None
    """With the dispersion that was found; None where the scanner gave B-scans."""


@dataclass(frozen=True, kw_only=True)
class Angiography:
    """The result of one acquisition; all arrays share one geometry."""

    structure: Float32
    """(B, Z, X), linear amplitude."""
    flow: Float32
    """(B, Z, X), as `method` gives it, bulk motion and projections taken off; NaN where absent."""
    surfaces: SurfaceMaps
    motion: Motion
    geometry: ScanGeometry
    method: FlowMethod
    noise_floor: float
    """Linear amplitude below which no flow was computed."""
    calibration: Calibration | None
    """With the dispersion that was found; None where the scanner gave B-scans."""

    def flow_enface(self, slab: Slab, *, projection: Projection = "mean") -> Float32:
        """The angiogram of a slab, (B, X), its stripes removed."""
        rows = self.surfaces.rows
        image = enface(self.flow, rows, slab, self.geometry.axial_mm, projection=projection)
        return stripes_removed(image)

    def structure_enface(self, slab: Slab, *, projection: Projection = "mean") -> Float32:
        """The structural image of a slab, (B, X)."""
        rows = self.surfaces.rows
        return enface(self.structure, rows, slab, self.geometry.axial_mm, projection=projection)


def angiography(
    acquisition: RawAcquisition,
    *,
    method: str | None = None,
    progress: Progress | None = None,
) -> Angiography:
    """Structure, flow and surfaces of an acquisition.

    Parameters
    ----------
    acquisition : RawAcquisition
        Raw spectra with a calibration, whose dispersion is found in the data if it has none; or
        B-scans. Two or more repeats.
    method : str, optional
        A name of `flow.methods.FLOW_METHODS`; omag if None, or speckle-variance where the B-scans
        are amplitudes.
    progress : callable, optional
        Called in the caller's thread with the step and the share of the whole that is done.

    Returns
    -------
    angiography : Angiography

    Raises
    ------
    UnknownName
        No such method.
    ShapeMismatch
        Spectra without a calibration, or a method that needs complex B-scans.
    TooFewRepeats
        R < 2.
    """
    report = progress or (lambda _step, _share: None)
    scanned = scan(
        acquisition,
        method=method or usual_method(acquisition),
        progress=lambda step, part: report(step, 0.7 * part),
    )
    assert scanned.flow is not None  # noqa: S101  (a method was stated)
    assert scanned.method is not None  # noqa: S101
    found = segmented(
        scanned.structure, scanned.geometry, progress=_part(report, "segmentation", 0.7, 0.9)
    )
    report("projections", 0.9)
    flow = retinal_flow(scanned, found)
    report("done", 1.0)
    return Angiography(
        structure=scanned.structure,
        flow=flow,
        surfaces=found,
        motion=scanned.motion,
        geometry=scanned.geometry,
        method=scanned.method,
        noise_floor=scanned.noise_floor,
        calibration=scanned.calibration,
    )


def scan(
    acquisition: RawAcquisition, *, method: str | None = None, progress: Progress | None = None
) -> Scan:
    """Structure and flow of an acquisition; the first part of `angiography`, with its arguments.

    Without repeats, and without a stated method, there is structure alone.

    Returns
    -------
    scan : Scan
    """
    report = progress or (lambda _step, _share: None)
    chosen = chosen_method(acquisition, method)
    geometry = acquisition.geometry
    bscans, calibration = reconstructed(acquisition, progress=report)
    motion = found_motion(
        bscans, geometry=geometry, progress=_part(report, "registration", 0.45, 0.7)
    )
    structure, flow, floor = _structure_and_flow(bscans, motion, chosen, report)
    return Scan(
        structure=structure,
        flow=flow,
        motion=motion,
        geometry=geometry,
        method=chosen,
        noise_floor=floor,
        calibration=calibration,
    )


def retinal_flow(scanned: ScanVolumes, surfaces: SurfaceMaps) -> Float32:
    """The flow with bulk motion and the projections of vessels in the retina taken off.

    Parameters
    ----------
    scanned : ScanVolumes
    surfaces : SurfaceMaps
        With ILM and BM.

    Returns
    -------
    flow : float32, (B, Z, X)

    Raises
    ------
    SurfaceMissing
        One of the two was not found.
    TooFewRepeats
        There is no flow.
    """
    for name in ("ILM", "BM"):
        if name not in surfaces.rows:
            raise SurfaceMissing(
                f"removing projections needs the surface {name}, which is not among "
                f"{', '.join(surfaces.rows)}",
                needed=name,
                found=list(surfaces.rows),
            )
    if scanned.flow is None or scanned.method is None:
        raise TooFewRepeats("this scan has no flow: it has one repeat", found=1, needed=2)
    flow = bulk_motion_removed(scanned.flow, scanned.structure, noise_floor=scanned.noise_floor)
    return projections_removed(
        flow,
        scanned.structure,
        surfaces["ILM"],
        surfaces["BM"],
        axial_mm=scanned.geometry.axial_mm,
        noise_floor=scanned.noise_floor,
        method=scanned.method,
    )


def usual_method(acquisition: RawAcquisition) -> str:
    """The name of the method that is used if none is stated."""
    return COMPLEX_METHOD if _is_complex(acquisition) else AMPLITUDE_METHOD


def _is_complex(acquisition: RawAcquisition) -> bool:
    return acquisition.spectra is not None or acquisition.recorded.dtype.kind == "c"


def chosen_method(acquisition: RawAcquisition, name: str | None) -> FlowMethod | None:
    """The method to use, None without repeats unless one is stated.

    An error before the long work if the acquisition cannot use it.
    """
    repeats = acquisition.recorded.shape[1]
    method = None
    if name is not None or repeats > 1:
        method = flow_method(name or usual_method(acquisition))
    if method is not None and repeats < 2:
        raise TooFewRepeats(
            f"flow needs 2 or more repeats of each B-scan, this scan has {repeats}",
            found=repeats,
            needed=2,
        )
    if method is not None and method.needs_complex and not _is_complex(acquisition):
        raise ShapeMismatch(
            f"the flow method {method.name} needs complex B-scans; this acquisition holds "
            f"{acquisition.recorded.dtype}",
            found=str(acquisition.recorded.dtype),
        )
    if acquisition.spectra is not None and acquisition.calibration is None:
        raise ShapeMismatch(
            "raw spectra need a calibration: the wavenumber at each sample (see calibration.py)"
        )
    return method


def _part(report: Progress, step: str, begin: float, end: float) -> Callable[[int, int], None]:
    """A step's own progress as a part of the whole."""
    return lambda done, total: (report(step, begin + (end - begin) * done / total), None)[1]


def reconstructed(
    acquisition: RawAcquisition, *, count: int | None = None, progress: Progress | None = None
) -> tuple[Any, Calibration | None]:
    """The B-scans, and the calibration they were reconstructed with; None if they were recorded.

    Background and dispersion are those of the whole scan, even if only the first `count` B-scans
    are reconstructed.
    """
    report = progress or (lambda _step, _share: None)
    if acquisition.spectra is None:
        bscans = acquisition.recorded
        return (bscans if count is None else bscans[:count]), None
    calibration = acquisition.calibration
    assert calibration is not None  # noqa: S101  (refused before)
    report("dispersion", 0.0)
    dark = background(acquisition.spectra)
    if not calibration.dispersion:
        found = found_dispersion(acquisition.spectra, calibration, background=dark)
        calibration = calibration.with_dispersion(found)
    bscans = reconstruct(
        acquisition.spectra if count is None else acquisition.spectra[:count],
        calibration,
        background=dark if count is None or dark.ndim == 1 else dark[:count],
        progress=_part(report, "reconstruction", 0.05, 0.45),
    )
    return bscans, calibration


def _structure_and_flow(
    bscans: Any, motion: Motion, method: FlowMethod | None, report: Progress
) -> tuple[Float32, Float32 | None, float]:
    """Both volumes, of B-scans that are registered a few at a time; and the noise floor."""
    count, repeats, depth, ascans = bscans.shape
    structure = np.empty((count, depth, ascans), np.float32)
    flow = None if method is None else np.empty_like(structure)
    for block in blocks(count, BSCANS_AT_ONCE):
        here = replace(
            motion, **{each.name: getattr(motion, each.name)[block] for each in fields(motion)}
        )
        still = registered(bscans[block], here)
        structural_volume(still, usable=motion.is_usable[block], out=structure[block])
        if method is not None and flow is not None:
            method.function(still, usable=motion.is_usable[block], out=flow[block])
        report("structure and flow", 0.7 + 0.3 * block.stop / count)
    floor = noise_floor(structure, repeats)
    # Below the floor a difference is noise; a NaN is below nothing and stays.
    if flow is not None:
        flow[structure < floor] = 0
    return structure, flow, floor
