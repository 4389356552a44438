"""The simulated eye obeys its stated physics, and its truth is what it shows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from octome.errors import ShapeMismatch, UnknownName
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.phantom.motion import motion_of
from octome.octa.phantom.scan_plan import ScanPlan

SMALL = {"bscans": 6, "repeats": 4, "ascans": 96}


@pytest.fixture(scope="module")
def still() -> SimulatedEye:
    return SimulatedEye(seed=3, motion=0, signal_db=60, centre_mm=(1.0, 0.0), **SMALL)


def layer(eye: SimulatedEye, upper: str, lower: str, margin: float = 2.0) -> np.ndarray:
    """The voxels between two surfaces, `(B, Z, X)`."""
    rows = np.arange(eye.plan.samples // 2)[None, :, None]
    surfaces = eye.truth.surfaces
    above, below = surfaces[upper][:, None], surfaces[lower][:, None]
    return (rows > above + margin) & (rows < below - margin)


def test_the_same_arguments_give_the_same_scan() -> None:
    first, again, other = (SimulatedEye(seed=seed, **SMALL) for seed in (1, 1, 2))
    block = slice(2, 4)
    np.testing.assert_array_equal(first.bscans()[block], again.bscans(block))
    np.testing.assert_array_equal(first.spectra()[block], again.spectra(block))
    assert not np.array_equal(first.spectra(block), other.spectra(block))
    assert first.spectra(block).dtype == np.uint16


def test_a_scan_of_a_part_shows_the_same_retina() -> None:
    whole = SimulatedEye(seed=5, motion=0, bscans=41, ascans=41, repeats=1)
    part = SimulatedEye(seed=5, motion=0, bscans=11, ascans=21, repeats=1)
    for name in ("ILM", "IPL", "BM"):
        inner = whole.truth.surfaces[name][15:26, 10:31]
        np.testing.assert_allclose(part.truth.surfaces[name], inner, atol=1e-3)


def test_surfaces_are_in_their_order_and_the_fovea_is_thin() -> None:
    for variant in ("normal", "drusen", "cnv", "fluid"):
        eye = SimulatedEye(
            variant, seed=2, motion=0, bscans=61, ascans=61, repeats=1, bscan_mm=0.05, ascan_mm=0.05
        )
        rows = list(eye.truth.surfaces.rows.values())
        for upper, lower in pairwise(rows):
            assert (upper <= lower).all(), variant
        thickness = eye.truth.surfaces["IPL"] - eye.truth.surfaces["ILM"]
        assert thickness[30, 30] * eye.geometry.axial_um < 25
        assert thickness[30, 5] * eye.geometry.axial_um > 70


def test_speckle_is_fully_developed(still: SimulatedEye) -> None:
    # The amplitude of circular complex noise: standard deviation over mean is sqrt(4/pi - 1).
    amplitude = np.abs(still.bscans())[:, 0]
    for upper, lower in (("GCL", "IPL"), ("OPL", "ELM")):
        inside = layer(still, upper, lower, 3) & (still.truth.vessels == 0)
        speckle = amplitude[inside]
        assert speckle.std() / speckle.mean() == pytest.approx(np.sqrt(4 / np.pi - 1), rel=0.1)


def test_layers_are_as_bright_as_expected(still: SimulatedEye) -> None:
    power = np.abs(still.bscans()[:, 0]) ** 2

    def mean(upper: str, lower: str) -> float:
        return float(power[layer(still, upper, lower) & (still.truth.vessels == 0)].mean())

    nuclear, plexiform = mean("IPL", "INL"), mean("GCL", "IPL")
    assert mean("OPL", "ELM") < nuclear < plexiform
    # 6 dB between INL and IPL before the vessels' shadows.
    assert 10 * np.log10(plexiform / nuclear) == pytest.approx(6, abs=2)


def test_the_beam_blurs_with_its_width(still: SimulatedEye) -> None:
    # Autocorrelation of the field along X: a Gaussian sqrt(2) times as wide as the beam's field.
    field = still.bscans()[:, 0][:, 250:300]
    power = (np.abs(field) ** 2).mean()
    sigma_px = 15 / 2.3548 * np.sqrt(2) / (still.plan.ascan_mm * 1000)
    for lag in (1, 2):
        found = (field[..., lag:] * field[..., :-lag].conj()).mean().real / power
        assert found == pytest.approx(np.exp(-(lag**2) / (4 * sigma_px**2)), abs=0.07)


def test_blood_decorrelates_and_tissue_does_not(still: SimulatedEye) -> None:
    bscans = still.bscans()
    first, second = bscans[:, 0], bscans[:, 1]

    def correlation(where: np.ndarray) -> float:
        a, b = first[where], second[where]
        return float(abs((a * b.conj()).sum()) / np.sqrt((abs(a) ** 2).sum() * (abs(b) ** 2).sum()))

    vessels = still.truth.vessels
    # Above the first vessels of an A-scan nothing moves.
    untouched = layer(still, "ILM", "BM", 0) & (np.cumsum(vessels > 0, axis=1) == 0)
    assert correlation(untouched) > 0.9
    assert correlation(vessels == 1) < 0.6
    assert correlation(vessels == 5) < 0.3
    # The tail: static tissue below vessels looks as if a part of it moved.
    below = layer(still, "OPL", "BM") & (np.cumsum(vessels > 0, axis=1) > 3) & (vessels == 0)
    assert correlation(below) < correlation(untouched) - 0.05


def test_vessels_cast_shadows() -> None:
    eye = SimulatedEye(seed=0, motion=0, bscans=40, ascans=96, repeats=1, centre_mm=(1.0, 0.0))
    power = np.abs(eye.bscans()[:, 0]) ** 2
    under = np.where(layer(eye, "EZ", "BM", 0), power, np.nan)
    brightness = np.nanmean(under, axis=1)
    blood = np.isin(eye.truth.vessels, (1, 2, 3)).sum(axis=1)
    assert brightness[blood > 10].mean() < 0.8 * brightness[blood == 0].mean()


def test_axial_motion_matches_the_truth() -> None:
    eye = SimulatedEye(seed=1, repeats=2, bscans=12, ascans=64, signal_db=60, motion=3)
    amplitude = np.abs(eye.bscans())
    axial = eye.truth.motion.axial_px
    first, last = amplitude[0, 0].mean(axis=1), amplitude[-1, 1].mean(axis=1)
    moved = eye.truth.surfaces["ILM"][-1].mean() - eye.truth.surfaces["ILM"][0].mean()
    expected = axial[-1, 1] - axial[0, 0] + moved
    lags = np.arange(-60, 61)
    matches = [float((np.roll(first, lag) * last).sum()) for lag in lags]
    assert lags[int(np.argmax(matches))] == pytest.approx(expected, abs=1.0)


def test_as_many_saccades_as_requested_are_simulated_and_flagged() -> None:
    plan = ScanPlan(bscans=80, repeats=4, ascans=304, saccades=3)
    flagged = motion_of(plan, 4, 1.0, 0.003).is_saccade.ravel()
    runs = int((np.diff(flagged.astype(int)) == 1).sum())
    assert 1 <= runs <= 3
    assert 3 <= flagged.sum() < 20
    none = motion_of(replace(plan, saccades=0), 4, 1.0, 0.003)
    assert not none.is_saccade.any()


def test_a_field_of_light_gives_the_fringes_of_mirrors() -> None:
    eye = SimulatedEye(seed=0, bscans=1, repeats=1, ascans=2)
    detector, um = eye._detector, eye.geometry.axial_um
    lowest = eye.truth.calibration.wavenumber.min()
    shift = np.array([0.0, 1.7])

    class Silence:
        def standard_normal(self, shape: tuple[int, ...], _dtype: type) -> np.ndarray:
            return np.zeros(shape, np.float32)

    for row in (3, 130, 300, 500):
        frame = np.zeros((512, 2), np.complex64)
        # A voxel's phase is counted from the lowest wavenumber.
        frame[row] = 10 * np.exp(2j * 1.36 * lowest * row * um)
        counts = detector.spectra(frame, shift, Silence())  # type: ignore[arg-type]
        for x in range(2):
            mirror = 10 * eye.mirror(row * um + shift[x]) * detector.loss[row]
            assert np.abs(counts[x] - detector.background - mirror).max() < 0.52


def test_the_weaker_scan_is_noisier() -> None:
    top = slice(0, 60)
    noisy, normal = (
        np.abs(SimulatedEye(kind, seed=1, **SMALL).bscans())[:, :, top].mean()
        for kind in ("noisy", "normal")
    )
    assert noisy == pytest.approx(normal * 10 ** (8 / 20), rel=0.05)


def test_variants_show_what_they_are_named_for() -> None:
    field = {"bscans": 60, "ascans": 60, "repeats": 1, "motion": 0,
             "bscan_mm": 0.05, "ascan_mm": 0.05}  # fmt: skip
    normal, drusen, cnv, fluid = (
        SimulatedEye(kind, seed=0, **field) for kind in ("normal", "drusen", "cnv", "fluid")
    )

    def lift(eye: SimulatedEye) -> np.ndarray:
        return (eye.truth.surfaces["BM"] - eye.truth.surfaces["RPE"]) * eye.geometry.axial_um

    assert np.ptp(lift(normal)) < 0.1
    assert lift(drusen).max() > 40
    np.testing.assert_allclose(drusen.truth.surfaces["BM"], normal.truth.surfaces["BM"])
    assert (cnv.truth.vessels == 6).any()
    assert not (normal.truth.vessels == 6).any()
    inner = fluid.truth.surfaces["INL"] - fluid.truth.surfaces["IPL"]
    assert inner.max() > (normal.truth.surfaces["INL"] - normal.truth.surfaces["IPL"]).max() + 3


def test_an_impossible_scan_is_an_error() -> None:
    with pytest.raises(UnknownName, match="normal, drusen, cnv, fluid, noisy"):
        SimulatedEye("glaucoma")
    with pytest.raises(ShapeMismatch, match="found 1000001"):
        SimulatedEye(samples=1000001)
    with pytest.raises(ShapeMismatch, match="found 0 x 4 x 304"):
        SimulatedEye(bscans=0)
    with pytest.raises(UnknownName, match="spectra or bscans"):
        SimulatedEye(bscans=1, ascans=4).acquisition("volume")
