from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import hilbert

from octome.errors import DispersionUncertain
from octome.octa.calibration import Calibration
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.reconstruction.bscan import reconstruct
from octome.octa.reconstruction.dispersion import entropy, found_dispersion
from octome.octa.reconstruction.linearisation import linearised
from soak import amount


def fwhm_rows(spectrum: NDArray[np.floating], line: Calibration) -> float:
    """Full width at half maximum of a mirror's amplitude, rows, 32 times zero-padded."""
    turned = linearised(spectrum, line) * np.exp(-1j * line.phase())
    amplitude = np.abs(np.fft.fft(turned, 32 * turned.size))[: 16 * turned.size]
    peak, above = int(amplitude.argmax()), amplitude >= amplitude.max() / 2
    left = peak - int(above[peak::-1].argmin())
    right = peak + int(above[peak:].argmin())
    return (right - left - 1) / 32


def limit_rows(eye: SimulatedEye) -> float:
    """What the source itself allows, over the band that the detector sees."""
    k, source = eye.truth.calibration.wavenumber, eye.source
    even = np.interp(eye.truth.calibration.uniform, k[::-1], source[::-1])
    amplitude = np.abs(np.fft.fft(even, 32 * even.size))[: 16 * even.size]
    return (2 * int((amplitude >= amplitude.max() / 2).argmin()) - 1) / 32


EYES = [("normal", 0), ("drusen", 2), ("noisy", 3), ("fluid", 4), ("normal", 1)]


@pytest.mark.parametrize(("variant", "seed"), EYES[: amount(4, whole=5)])
def test_found_dispersion_brings_an_eye_to_its_transform_limit(variant: str, seed: int) -> None:
    eye = SimulatedEye(variant, seed, bscans=8, repeats=1, ascans=96, bscan_mm=3 / 8)
    unknown = eye.truth.calibration.with_dispersion(())
    found = unknown.with_dispersion(found_dispersion(eye.spectra(), unknown))
    limit = limit_rows(eye)
    for depth_um in (300.0, 900.0):
        mirror = eye.mirror(depth_um)
        assert fwhm_rows(mirror, unknown) > 2 * limit
        assert fwhm_rows(mirror, found) < 1.1 * limit


def test_the_dispersion_of_mirrors_is_found() -> None:
    eye = SimulatedEye(seed=5, bscans=1, repeats=1, ascans=8)
    depths = np.linspace(200, 900, 24)
    spectra = np.stack([eye.mirror(float(z)) for z in depths])[None, None]
    nothing = np.zeros(spectra.shape[-1], np.float32)
    found = found_dispersion(spectra, eye.truth.calibration, background=nothing)
    np.testing.assert_allclose(found, eye.truth.calibration.dispersion, atol=0.3)


def test_raw_spectra_show_the_layers_of_the_ideal_bscans() -> None:
    eye = SimulatedEye(seed=6, bscans=2, repeats=2, ascans=64, motion=0.0)
    found = np.abs(reconstruct(eye.spectra(), eye.truth.calibration, window="none"))
    profile, ideal = (
        each[:, :, 20:500].mean(axis=(0, 1, 3)) for each in (found, np.abs(eye.bscans()))
    )
    assert np.corrcoef(profile, ideal)[0, 1] > 0.95


def test_a_dispersion_beyond_the_search_is_none_and_says_so() -> None:
    eye = SimulatedEye(seed=5, bscans=1, repeats=1, ascans=8)
    depths = np.linspace(200, 900, 24)
    spectra = np.stack([eye.mirror(float(z)) for z in depths])[None, None]
    k = eye.truth.calibration.wavenumber
    u = 2 * (k - k.min()) / np.ptp(k) - 1
    bent = np.real(hilbert(spectra, axis=-1) * np.exp(-90j * u**2)).astype(np.float32)
    nothing = np.zeros(bent.shape[-1], np.float32)
    with pytest.warns(DispersionUncertain, match="end of the range"):
        found = found_dispersion(bent, eye.truth.calibration, background=nothing)
    assert found == (0.0, 0.0)


def test_noise_has_no_dispersion() -> None:
    rng = np.random.default_rng(0)
    noise = rng.normal(2000, 40, (4, 1, 64, 512)).astype(np.float32)
    with pytest.warns(DispersionUncertain, match="no sharper"):
        found = found_dispersion(noise, Calibration(np.linspace(7.0, 8.0, 512)))
    assert found == (0.0, 0.0)


def test_empty_spectra_have_no_dispersion() -> None:
    line = Calibration(np.linspace(7.0, 8.0, 64))
    assert found_dispersion(np.full((1, 1, 4, 64), 9, np.uint16), line) == (0.0, 0.0)


def test_entropy_of_n_equal_pixels_is_the_logarithm_of_n() -> None:
    assert entropy(np.full((2, 5), 3j, np.complex64)) == pytest.approx(np.log(10), rel=1e-5)
