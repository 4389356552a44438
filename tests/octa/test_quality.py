"""How good a scan is, in scans of known quality."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.quality import quality, signal_db, spoilt_share, tissue_signal_ratio
from octome.octa.structure import structural_volume
from octome.octa.verdict import Verdict


def eye(signal: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Speckle of mean amplitude 1, and `signal` times that between rows 60 and 100."""
    rng = np.random.default_rng(seed)
    structure = rng.rayleigh(np.sqrt(2 / np.pi), (4, 200, 50)).astype(np.float32)
    structure[:, 60:100] *= signal
    return structure, np.full((4, 50), 59.5, np.float32), np.full((4, 50), 99.5, np.float32)


def vessels(seed: int = 0, bscans: int = 60) -> np.ndarray:
    """An angiogram whose neighbouring B-scans resemble each other."""
    noise = np.random.default_rng(seed).standard_normal((bscans, 120))
    smooth = ndimage.gaussian_filter(noise, 1.5)
    return (1 + smooth / smooth.std() * 0.3).astype(np.float32)


@pytest.mark.parametrize("signal", [1.0, 3.0, 10.0])
def test_signal_is_the_ratio_of_amplitudes_in_db(signal: float) -> None:
    # The darkest strip of a scan this small is half a dB darker than the noise.
    assert signal_db(*eye(signal)) == pytest.approx(20 * np.log10(signal) + 0.4, abs=0.2)


def test_signal_does_not_depend_on_gain() -> None:
    structure, upper, lower = eye(5)
    gained = signal_db(structure * 1000, upper, lower)
    assert gained == pytest.approx(signal_db(structure, upper, lower), abs=1e-3)


def test_the_index_runs_from_0_to_10() -> None:
    indices = [quality(*eye(signal), vessels()[:4, :50]).signal_index for signal in (1, 3.16, 99)]
    assert indices == pytest.approx([0, 5, 10], abs=0.3)


def test_without_surfaces_the_signal_is_nan() -> None:
    structure, upper, _ = eye(5)
    found = quality(structure, upper, upper * np.nan, vessels()[:4, :50])
    assert np.isnan([found.signal_db, found.signal_index]).all()
    assert np.isnan(signal_db(np.full_like(structure, np.nan), upper, upper + 1))


def test_it_carries_the_verdict_and_has_no_signal_between_failed_surfaces() -> None:
    poor, failed = Verdict("poor", ("contrast 12.0 dB",)), Verdict("failed", ("contrast 7.0 dB",))
    found, lost = (quality(*eye(5), vessels()[:4, :50], verdict=each) for each in (poor, failed))
    assert (found.verdict, lost.verdict) == (poor, failed)
    assert found.signal_db == pytest.approx(signal_db(*eye(5)))
    assert np.isnan(lost.signal_db)


def test_tissue_signal_ratio_by_hand() -> None:
    # 0 to 99 dB evenly: noise ends at 74.25, saturation is 98.01, the middle 86.13.
    ramp = (10 ** (np.arange(100) / 20)).astype(np.float32).reshape(1, 100, 1)
    # 87 to 98 are 12 values, 75 to 86 are 12.
    assert tissue_signal_ratio(ramp) == 1
    assert tissue_signal_ratio(ramp * 7) == 1
    assert np.isnan(tissue_signal_ratio(np.full((1, 9, 9), np.nan, np.float32)))
    assert np.isnan(tissue_signal_ratio(np.ones((1, 9, 9), np.float32)))


def test_stronger_tissue_has_the_greater_ratio() -> None:
    assert tissue_signal_ratio(eye(10)[0]) > 1.5 * tissue_signal_ratio(eye(2)[0])


def test_a_still_scan_has_no_motion() -> None:
    for seed in range(5):
        assert spoilt_share(vessels(seed)).max() == 0


def test_stripes_tears_and_absent_bscans_are_counted() -> None:
    flow = vessels()
    flow[10] *= 2
    flow[30] = np.nan
    flow[40:] = np.roll(flow[40:], 15, axis=1)
    assert np.flatnonzero(spoilt_share(flow)).tolist() == [10, 30, 40]
    structure, upper, lower = eye(5)
    structure = np.repeat(structure, 15, axis=0)
    upper, lower = (np.repeat(rows, 15, axis=0) for rows in (upper, lower))
    assert quality(structure, upper, lower, flow).motion == pytest.approx(3 / 60)


def test_the_other_side_of_an_absent_bscan_is_not_a_tear() -> None:
    flow = vessels(bscans=90)
    flow[20:50] = np.nan
    assert np.flatnonzero(spoilt_share(flow)).tolist() == list(range(20, 50))


def test_frames_that_are_not_usable_count_by_their_share() -> None:
    usable = np.ones((60, 4), bool)
    usable[7, 1] = False
    usable[8] = False
    spoilt = spoilt_share(vessels(), usable=usable)
    assert spoilt[7] == 0.25
    assert spoilt[8] == 1
    assert spoilt.sum() == 1.25


def test_no_tear_is_counted_where_neighbours_differ_anyway() -> None:
    rng = np.random.default_rng(0)
    assert spoilt_share((1 + 0.1 * rng.standard_normal((40, 60))).astype(np.float32)).max() == 0


def test_odd_images_have_an_answer() -> None:
    assert spoilt_share(np.full((5, 4), np.nan, np.float32)).tolist() == [1] * 5
    assert spoilt_share(np.zeros((5, 4), np.float32)).tolist() == [0] * 5
    assert spoilt_share(np.ones((1, 4), np.float32)).tolist() == [0]
    with pytest.raises(ShapeMismatch, match="each of 5 B-scans"):
        spoilt_share(np.zeros((5, 4), np.float32), usable=np.ones((4, 2), bool))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_noisy_scan_of_an_eye_has_less_signal(seed: int) -> None:
    def signal(variant: str) -> float:
        scan = SimulatedEye(variant, seed=seed, motion=0, bscans=6, ascans=64, centre_mm=(0.8, 0))
        surfaces = scan.truth.surfaces
        return signal_db(structural_volume(scan.bscans()), surfaces["ILM"], surfaces["BM"])

    normal, noisy = signal("normal"), signal("noisy")
    # The variant is 8 dB weaker; the mean of noisy amplitudes lies above their signal.
    assert 5 < normal - noisy < 9
