"""Each flow method: values by hand, and its plain definition, which the fast one must match."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from octome.errors import ShapeMismatch, TooFewRepeats, UnknownName
from octome.octa.flow.amplitude import correlation_mapping, decorrelation, ratio
from octome.octa.flow.methods import FLOW_METHODS, flow_method
from octome.octa.flow.phase import complex_difference
from octome.octa.flow.split_spectrum import band_filters, split_spectrum_decorrelation

METHODS = list(FLOW_METHODS.values())


def scan(shape: tuple[int, ...] = (3, 4, 40, 17), seed: int = 0) -> np.ndarray:
    """Complex noise; half of it is the same in every repeat."""
    rng = np.random.default_rng(seed)

    def noise(shape: tuple[int, ...]) -> np.ndarray:
        return rng.standard_normal(shape) + 1j * rng.standard_normal(shape)

    still = noise((shape[0], 1, *shape[2:]))
    return (still + noise(shape)).astype(np.complex64)


def pairs(repeats: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return repeats[:, :-1].astype(np.complex128), repeats[:, 1:].astype(np.complex128)


def plain_decorrelation(repeats: np.ndarray) -> np.ndarray:
    a, b = (np.abs(side) for side in pairs(repeats))
    return 1 - (a * b / ((a**2 + b**2) / 2)).mean(axis=1)


def plain_ratio(repeats: np.ndarray) -> np.ndarray:
    a, b = (np.abs(side) for side in pairs(repeats))
    return 1 - (np.minimum(a, b) / np.maximum(a, b)).mean(axis=1)


def plain_speckle_variance(repeats: np.ndarray) -> np.ndarray:
    return np.abs(repeats.astype(np.complex128)).var(axis=1)


def plain_difference(repeats: np.ndarray) -> np.ndarray:
    a, b = pairs(repeats)
    return np.abs(b - a).mean(axis=1)


def plain_phase_variance(repeats: np.ndarray) -> np.ndarray:
    a, b = pairs(repeats)
    return (2 - 2 * np.cos(np.angle(b * a.conj()))).mean(axis=1)


def plain_correlation(repeats: np.ndarray, window: tuple[int, int] = (5, 3)) -> np.ndarray:
    first, second = (np.abs(side) for side in pairs(repeats))
    bscans, count, depth, ascans = first.shape
    out = np.zeros((bscans, depth, ascans))
    up, left = window[0] // 2, window[1] // 2
    for z in range(depth):
        for x in range(ascans):
            rows = slice(max(0, z - up), z + up + 1)
            columns = slice(max(0, x - left), x + left + 1)
            for b in range(bscans):
                for n in range(count):
                    a = first[b, n, rows, columns].ravel()
                    c = second[b, n, rows, columns].ravel()
                    out[b, z, x] += np.clip(1 - np.corrcoef(a, c)[0, 1], 0, 1) / count
    return out


def plain_split(repeats: np.ndarray) -> np.ndarray:
    from octome.octa.flow.split_spectrum import spectrum_of

    spectrum = np.fft.fft(repeats.astype(np.complex128), axis=2)
    filters = band_filters(spectrum_of(repeats), 4)
    bands = [np.fft.ifft(spectrum * band[:, None], axis=2) for band in filters]
    return np.mean([plain_decorrelation(band) for band in bands], axis=0)


PLAIN: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "decorrelation": plain_decorrelation,
    "ssada": plain_split,
    "omag": plain_difference,
    "speckle-variance": plain_speckle_variance,
    "correlation-mapping": plain_correlation,
    "phase-variance": plain_phase_variance,
    "ratio": plain_ratio,
}


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_it_matches_its_definition(method) -> None:
    repeats = scan()
    found = method.function(repeats)
    assert found.dtype == np.float32
    assert found.flags.c_contiguous
    np.testing.assert_allclose(found, PLAIN[method.name](repeats), rtol=1e-4, atol=2e-5)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_what_does_not_change_does_not_flow(method) -> None:
    still = np.repeat(scan((2, 1, 32, 8)), 3, axis=1)
    np.testing.assert_allclose(method.function(still), 0, atol=2e-4)
    dark = np.zeros((1, 2, 16, 8), np.complex64)
    np.testing.assert_array_equal(method.function(dark), 0)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_frames_that_are_not_usable_are_ignored(method) -> None:
    repeats = scan()
    usable = np.ones((3, 4), bool)
    usable[0, 2] = False
    usable[1, 1:] = False
    before = repeats.copy()
    found = method.function(repeats, usable=usable)
    np.testing.assert_array_equal(repeats, before)
    some = method.function(repeats[:1, [0, 1, 3]])
    if method.name != "ssada":  # its bands are measured over all B-scans
        np.testing.assert_allclose(found[0], some[0], rtol=1e-5, atol=1e-6)
    assert np.isnan(found[1]).all()
    assert np.isfinite(found[2]).all()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_below_the_noise_floor_nothing_flows(method) -> None:
    repeats = scan()
    amplitude = np.abs(repeats).mean(axis=1)
    floor = float(np.median(amplitude))
    found = method.function(repeats, noise_floor=floor)
    sure = np.abs(amplitude - floor) > 1e-4
    np.testing.assert_array_equal(found[sure & (amplitude < floor)], 0)
    bright = sure & (amplitude > floor)
    np.testing.assert_allclose(found[bright], method.function(repeats)[bright], rtol=1e-6)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_the_result_is_written_to_out(method) -> None:
    repeats = scan((2, 2, 16, 5))
    out = np.empty((2, 16, 5), np.float32)
    assert method.function(repeats, out=out) is out
    np.testing.assert_array_equal(out, method.function(repeats))


def test_what_cannot_be_computed_is_an_error() -> None:
    amplitude = np.ones((2, 3, 4, 5), np.float32)
    with pytest.raises(
        TooFewRepeats, match="needs 2 or more repeats of each B-scan, this scan has 1"
    ):
        decorrelation(amplitude[:, :1])
    with pytest.raises(ShapeMismatch, match=r"\(B, R, Z, X\); found shape \(3, 4, 5\)"):
        ratio(amplitude[0])
    with pytest.raises(ShapeMismatch, match="needs complex B-scans; found float32"):
        complex_difference(amplitude)
    with pytest.raises(ShapeMismatch, match=r"shape \(2, 3\); found \(3, 2\)"):
        decorrelation(amplitude, usable=np.ones((3, 2), bool))
    with pytest.raises(ShapeMismatch, match="out needs to be float32"):
        decorrelation(amplitude, out=np.empty((2, 4, 5)))
    with pytest.raises(ShapeMismatch, match="odd sides"):
        correlation_mapping(amplitude, window=(4, 3))
    with pytest.raises(ShapeMismatch, match="1 or more bands"):
        split_spectrum_decorrelation(scan(), bands=0)
    with pytest.raises(UnknownName, match="decorrelation, ssada, omag"):
        flow_method("magic")
