"""The whole chain on simulated eyes, compared with their truth.

Every bound is a promise of the README; `python -m pytest -s tests/octa/test_angiography.py` prints
the figures. `make soak` scans three eyes instead of one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy import ndimage, stats

from octome.errors import ShapeMismatch, TooFewRepeats, UnknownName
from octome.octa.acquisition import RawAcquisition
from octome.octa.angiography import (
    Angiography,
    angiography,
    reconstructed,
    retinal_flow,
    scan,
)
from octome.octa.enface import slab_projection
from octome.octa.flow.methods import FLOW_METHODS
from octome.octa.flow.noise_floor import noise_floor
from octome.octa.flow.projection import projections_removed
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.registration.search import found_motion
from octome.octa.registration.shift import registered
from octome.octa.slab import slab_type
from octome.octa.structure import structural_volume
from octome.octa.vessel_mask import vessel_mask
from soak import amount

SEEDS = (0, 1, 2)[: amount(1, whole=3)]
# A part of the macula next to the fovea, with all plexuses.
FIELD = {"bscans": 56, "ascans": 144, "centre_mm": (0.7, 0.2)}


@cache
def scanned(seed: int) -> tuple[SimulatedEye, Angiography]:
    eye = SimulatedEye(seed=seed, **FIELD)
    return eye, angiography(replace(eye.acquisition(), spectra=eye.spectra()))


@cache
def repeats(seed: int) -> tuple[SimulatedEye, np.ndarray, np.ndarray]:
    """An eye, its registered B-scans, and how far they are from the truth's rows, (B,)."""
    eye = SimulatedEye(seed=seed, saccades=0, **FIELD | {"bscans": 24})
    bscans = eye.bscans()
    motion = found_motion(bscans, geometry=eye.geometry)
    left = (eye.truth.motion.axial_px - motion.total_axial_px).mean(axis=1)
    return eye, registered(bscans, motion), left


def rows_of(eye: SimulatedEye) -> np.ndarray:
    return np.arange(eye.plan.samples // 2)[None, :, None]


def moved(volume: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """A volume of labels, each B-scan lower by so many rows."""
    shifted = [np.roll(b, round(float(row)), axis=0) for b, row in zip(volume, rows, strict=True)]
    return np.stack(shifted)


def area_under_roc(inside: np.ndarray, outside: np.ndarray) -> float:
    """How often a value from inside is above one from outside."""
    wins = stats.mannwhitneyu(inside, outside).statistic
    return float(wins / (inside.size * outside.size))


@pytest.mark.parametrize("seed", SEEDS)
def test_surfaces_lie_near_the_truth(seed: int) -> None:
    eye, made = scanned(seed)
    usable = made.motion.is_usable & ~eye.truth.motion.is_saccade
    left = eye.truth.motion.axial_px - made.motion.total_axial_px
    left = np.where(usable, left, 0).sum(axis=1) / np.maximum(usable.sum(axis=1), 1)
    for name, rows in made.surfaces.rows.items():
        error = rows - (eye.truth.surfaces[name] + left[:, None])
        error = error[usable.any(axis=1)]
        print(f"seed {seed} {name}: {np.nanmean(np.abs(error)):.2f} px")
        assert np.nanmean(np.abs(error)) < (1.4 if name in ("RPE", "BM") else 1.0), name
        assert np.isfinite(error).mean() > 0.98


@pytest.mark.parametrize("seed", SEEDS)
def test_the_superficial_angiogram_shows_the_vessels(seed: int) -> None:
    eye, made = scanned(seed)
    angiogram = made.flow_enface(slab_type("superficial").slab)
    surfaces = eye.truth.surfaces
    lower = surfaces["IPL"] - 10 / eye.geometry.axial_um
    within = (rows_of(eye) >= surfaces["ILM"][:, None]) & (rows_of(eye) <= lower[:, None])
    blood = (np.isin(eye.truth.vessels, (1, 2)) & within).any(axis=1)
    # What the beam can show: a pixel where its disc (15 um at half maximum) meets blood, whose
    # voxel reaches 5 um from its centre.
    spacing = (eye.plan.bscan_mm, eye.plan.ascan_mm)
    seen = ndimage.distance_transform_edt(~blood, spacing) <= 0.0075 + 0.0049
    known = np.isfinite(angiogram)

    def dice(threshold: float, truth: np.ndarray) -> float:
        found = (angiogram > threshold) & known
        return float(2 * (found & truth).sum() / (found.sum() + (truth & known).sum()))

    thresholds = np.nanquantile(angiogram, np.linspace(0.2, 0.9, 36))
    best = max(dice(threshold, seen) for threshold in thresholds)
    thin = max(dice(threshold, blood) for threshold in thresholds)
    unguided = vessel_mask(angiogram)
    found = float(2 * (unguided & seen).sum() / (unguided.sum() + (seen & known).sum()))
    print(
        f"seed {seed}: Dice {best:.3f}, with the mask that is found {found:.3f} "
        f"(against the bare vessels {thin:.3f})"
    )
    assert best > 0.8
    assert found > 0.85


@pytest.mark.parametrize("seed", SEEDS)
def test_vessels_stand_out_from_static_retina(seed: int) -> None:
    eye, still, left = repeats(seed)
    vessels, surfaces = moved(eye.truth.vessels, left), eye.truth.surfaces
    rows = rows_of(eye) - left[:, None, None]
    retina = (rows > surfaces["ILM"][:, None] + 1) & (rows < surfaces["BM"][:, None] - 1)
    blood = retina & np.isin(vessels, (1, 2, 3))
    # Tissue in the tail of a vessel is not static to any method; removing projections handles it.
    static = retina & (np.cumsum(vessels > 0, axis=1) == 0)
    # A voxel next to a vessel is met by the same beam.
    static &= ~ndimage.binary_dilation(vessels > 0, np.ones((3, 3, 3)))
    structure = structural_volume(still)
    floor = noise_floor(structure, 4)
    found = {}
    for name, method in FLOW_METHODS.items():
        flow = method.function(still, noise_floor=floor)
        found[name] = area_under_roc(flow[blood], flow[static])
    print(f"seed {seed}:", ", ".join(f"{name} {area:.3f}" for name, area in found.items()))
    assert max(found.values()) > 0.95
    assert min(found.values()) > 0.75


@pytest.mark.parametrize("seed", SEEDS)
def test_removing_projections_makes_the_deep_plexus_more_specific(seed: int) -> None:
    eye, still, left = repeats(seed)
    surfaces = {name: rows + left[:, None] for name, rows in eye.truth.surfaces.rows.items()}
    vessels = moved(eye.truth.vessels, left)
    structure = structural_volume(still)
    floor = noise_floor(structure, 4)
    method = FLOW_METHODS["omag"]
    flow = method.function(still, noise_floor=floor)
    cleared = projections_removed(
        flow, structure, surfaces["ILM"], surfaces["BM"],
        axial_mm=eye.geometry.axial_mm, noise_floor=floor, method=method,
    )  # fmt: skip
    upper, lower = surfaces["INL"] - 4, surfaces["OPL"] + 1
    within = (rows_of(eye) > upper[:, None]) & (rows_of(eye) < lower[:, None])
    deep = ((vessels == 3) & within).any(axis=1)
    none = ~((vessels > 0) & within).any(axis=1)
    below = none & (np.isin(vessels, (1, 2)).sum(axis=1) > 2)

    def specificity(volume: np.ndarray, where: np.ndarray, sensitivity: float) -> float:
        image = slab_projection(volume, upper, lower)
        return float((image[where] < np.quantile(image[deep], 1 - sensitivity)).mean())

    for sensitivity in (0.7, 0.8, 0.9):
        before, after = (specificity(v, none, sensitivity) for v in (flow, cleared))
        under, cleared_under = (specificity(v, below, sensitivity) for v in (flow, cleared))
        print(
            f"seed {seed}, sensitivity {sensitivity}: specificity {before:.2f} -> {after:.2f}, "
            f"below superficial vessels {under:.2f} -> {cleared_under:.2f}"
        )
        assert after > before
        assert cleared_under > under + 0.1


def test_bscans_of_amplitude_work_too() -> None:
    eye = SimulatedEye(seed=4, **FIELD | {"bscans": 12})
    scan = eye.acquisition("bscans")
    amplitude = RawAcquisition(
        bscans=np.abs(eye.bscans()),
        axial_mm=scan.axial_mm,
        ascan_mm=scan.ascan_mm,
        bscan_mm=scan.bscan_mm,
        ascan_rate_hz=scan.ascan_rate_hz,
        repeat_interval_ms=scan.repeat_interval_ms,
    )
    reported: list[tuple[str, float]] = []
    made = angiography(amplitude, progress=lambda step, part: reported.append((step, part)))
    assert made.method.name == "speckle-variance"
    assert made.calibration is None
    parts = [part for _, part in reported]
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
    angiogram = made.flow_enface(slab_type("retina").slab)
    assert angiogram.shape == (12, 144)
    with pytest.raises(ShapeMismatch, match="method omag needs complex B-scans"):
        angiography(amplitude, method="omag")


def test_an_absent_position_stays_absent_and_spoils_no_other() -> None:
    eye = SimulatedEye(seed=1, **FIELD | {"bscans": 16, "saccades": 0})
    bscans = eye.bscans()
    bscans[5] = np.nan
    scan = eye.acquisition("bscans")
    made = angiography(replace(scan, bscans=bscans))
    assert not made.motion.is_usable[5].any()
    assert np.isnan(made.flow[5]).all()
    others = np.delete(made.flow_enface(slab_type("retina").slab), 5, axis=0)
    assert np.isfinite(others).mean() > 0.95


def test_what_cannot_be_processed_is_an_error_with_a_reason() -> None:
    eye = SimulatedEye(seed=0, bscans=4, repeats=1, ascans=48)
    with pytest.raises(TooFewRepeats):
        angiography(eye.acquisition())
    with pytest.raises(TooFewRepeats):
        scan(eye.acquisition(), method="omag")
    with pytest.raises(UnknownName, match="no flow method 'magic'"):
        angiography(eye.acquisition(), method="magic")
    pair = SimulatedEye(seed=0, bscans=4, repeats=2, ascans=48).acquisition()
    with pytest.raises(ShapeMismatch, match="raw spectra need a calibration"):
        angiography(replace(pair, calibration=None))


def test_a_scan_without_repeats_has_structure_alone() -> None:
    eye = SimulatedEye(seed=0, bscans=4, repeats=1, ascans=48)
    made = scan(eye.acquisition())
    assert made.structure.shape[0] == 4
    assert np.isfinite(made.structure).all()
    assert made.flow is None
    assert made.method is None
    with pytest.raises(TooFewRepeats):
        retinal_flow(made, eye.truth.surfaces)


def test_the_first_bscans_are_those_of_the_whole() -> None:
    acquisition = SimulatedEye(seed=0, bscans=6, repeats=2, ascans=32).acquisition()
    whole, _ = reconstructed(acquisition)
    first, calibration = reconstructed(acquisition, count=2)
    np.testing.assert_array_equal(first, whole[:2])
    assert calibration is not None
    assert calibration.dispersion
