"""Plain arrays with a few lines of TOML become acquisitions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from octome.errors import AcquisitionUnreadable, SamplesReplaced
from octome.formats.laboratory_scan import read_laboratory_scan

SCAN = """
[scan]
ascan_mm = 0.01
bscan_mm = 0.02
ascan_rate_hz = 50000
"""
WAVELENGTHS = "[calibration]\nwavelength_nm = [806.0, 675.0]\n"


def described(folder: Path, array: np.ndarray, text: str) -> Path:
    """A description of an array in a .npy file."""
    np.save(folder / "scan.npy", array)
    path = folder / "scan.toml"
    path.write_text('file = "scan.npy"\n' + text, "utf-8")
    return path


def spectra(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 4096, shape).astype(np.uint16)


def test_spectra_without_repeats_become_one_repeat(tmp_path: Path) -> None:
    array = spectra(3, 5, 64)
    text = f'holds = "spectra"\naxes = "BXK"\n{SCAN}laterality = "L"\n{WAVELENGTHS}'
    found = read_laboratory_scan(described(tmp_path, array, text))
    assert found.recorded.shape == (3, 1, 5, 64)
    np.testing.assert_array_equal(found.recorded[1:3], array[1:3, None])
    assert found.recorded.dtype == np.uint16
    assert (found.ascan_mm, found.bscan_mm, found.laterality) == (0.01, 0.02, "L")
    assert found.repeat_interval_ms == pytest.approx(5 / 50)
    assert found.calibration is not None
    assert found.calibration.wavenumber[[0, -1]] == pytest.approx(
        [2 * np.pi / 0.806, 2 * np.pi / 0.675]
    )


def test_axes_in_any_order_and_repeats_on_the_axis_of_bscans(tmp_path: Path) -> None:
    array = spectra(64, 5, 6)
    text = f'holds = "spectra"\naxes = "KXB"\nrepeats = 2\n{SCAN}{WAVELENGTHS}'
    found = read_laboratory_scan(described(tmp_path, array, text))
    assert found.recorded.shape == (3, 2, 5, 64)
    np.testing.assert_array_equal(found.recorded[2][1, 4], array[:, 4, 5])


@pytest.mark.parametrize("holds", ["complex", "amplitude", "decibel"])
def test_bscans_keep_their_amplitude(tmp_path: Path, holds: str) -> None:
    chance = np.random.default_rng(1)
    amplitude = chance.random((2, 3, 8, 5)) + 0.1
    array = {
        "complex": amplitude * np.exp(1j * chance.random(amplitude.shape)),
        "amplitude": amplitude,
        "decibel": 20 * np.log10(amplitude),
    }[holds]
    text = f'holds = "{holds}"\naxes = "BRZX"\n{SCAN}axial_mm = 0.003\n'
    found = read_laboratory_scan(described(tmp_path, array, text))
    assert found.recorded.dtype == (np.complex64 if holds == "complex" else np.float32)
    np.testing.assert_allclose(np.abs(found.recorded[:]), amplitude, rtol=1e-5)
    assert found.geometry.axial_mm == 0.003


@pytest.mark.parametrize(
    ("calibration", "first", "last"),
    [
        ("wavelength_nm_polynomial = [806.0, -2.0]", 806.0, 806.0 - 2 * 63),
        ("wavenumber_rad_per_um = [7.0, 8.0]", 2000 * np.pi / 7, 2000 * np.pi / 8),
        ('wavelength_nm_file = "list.txt"', 900.0, 800.0),
        ('wavelength_nm_file = "list.npy"', 900.0, 800.0),
    ],
)
def test_wavelengths_come_in_several_ways(
    tmp_path: Path, calibration: str, first: float, last: float
) -> None:
    np.savetxt(tmp_path / "list.txt", np.linspace(900, 800, 64))
    np.save(tmp_path / "list.npy", np.linspace(900, 800, 64))
    text = f'holds = "spectra"\naxes = "BXK"\n{SCAN}[calibration]\n{calibration}\n'
    text += "dispersion_rad = [3.0]\n[metadata]\ndevice = 'frog'\npower_mw = 2\n"
    found = read_laboratory_scan(described(tmp_path, spectra(1, 2, 64), text))
    assert found.calibration is not None
    wavelengths = 2000 * np.pi / found.calibration.wavenumber
    assert wavelengths[[0, -1]] == pytest.approx([first, last])
    assert found.calibration.dispersion == (3.0,)
    assert found.metadata == {"device": "frog", "power_mw": 2.0}


GOOD = f'holds = "spectra"\naxes = "BXK"\n{SCAN}{WAVELENGTHS}'


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('holds = "spectra"', 'holds = "tea"', "holds is one of spectra, complex"),
        ('axes = "BXK"', 'axes = "BXX"', "axes are letters of BRXK"),
        ('axes = "BXK"', 'axes = "BRXK"', "has the shape 4 x 5 x 64, and axes BRXK are 4"),
        ('axes = "BXK"', 'axes = "BXK"\nrepeats = 3', "4 B-scans are not 3 repeats"),
        ('axes = "BXK"', 'axes = "RXK"\nrepeats = 2', "repeats are an axis of their own"),
        ('axes = "BXK"', 'axis = "BXK"', "no key 'axis'; there are axes"),
        ("ascan_mm = 0.01", "", r"ascan_mm is missing in \[scan\]"),
        ("ascan_mm = 0.01", "ascan_mm = -1", "lies between 0.0001 and 5; found -1"),
        ("ascan_mm = 0.01", "ascan_mm = true", r"ascan_mm in \[scan\] is a number"),
        ("bscan_mm = 0.02", "bscan_mm = 'x'", r"bscan_mm in \[scan\] is a number"),
        ("ascan_rate_hz = 50000", "ascan_rate_hz = nan", "found nan"),
        ("[806.0, 675.0]", "[0.806, 0.675]", "Is it in another unit"),
        ("[806.0, 675.0]", '"806..675"', "is a list of numbers"),
        ('file = "scan.npy"', "file = 5", "file is the name of a file"),
        (WAVELENGTHS, "", r"spectra need \[calibration\]"),
        ("[806.0, 675.0]", "[806.0, 700.0, 675.0]", "has 3 numbers, the spectra 64 samples"),
        ("wavelength_nm", "dispersion_rad", r"\[calibration\] needs one of"),
        ("ascan_rate_hz = 50000", "ascan_rate_hz = ", "Invalid value"),
    ],
)
def test_a_wrong_description_says_what_is_wrong(
    tmp_path: Path, was: str, now: str, said: str
) -> None:
    path = described(tmp_path, spectra(4, 5, 64), GOOD)
    path.write_text(path.read_text("utf-8").replace(was, now), "utf-8")
    with pytest.raises(AcquisitionUnreadable, match=said):
        read_laboratory_scan(path)


def test_what_process_needs_comes_with_the_description(tmp_path: Path) -> None:
    (tmp_path / "device.toml").write_text(
        'manufacturer = "M"\nsoftware_versions = ["1", "2"]\n[optics]\ndepth_resolution_um = 6.0\n'
    )
    text = f'holds = "spectra"\naxes = "BXK"\nprofile = "device.toml"\n{SCAN}'
    text += f'laterality = "L"\nacquired = 2026-01-31T14:05:00\n{WAVELENGTHS}'
    found = read_laboratory_scan(described(tmp_path, spectra(3, 5, 64), text))
    assert found.metadata == {
        "manufacturer": "M",
        "software_versions": "1, 2",
        "depth_resolution_um": 6.0,
        "acquired": "2026-01-31T14:05:00",
    }


@pytest.mark.parametrize(("holds", "gap"), [("amplitude", np.nan), ("decibel", np.inf)])
def test_numbers_that_are_none_become_0_and_are_counted(
    tmp_path: Path, holds: str, gap: float
) -> None:
    array = np.ones((3, 4, 5), np.float32)
    array[1, 2, 3] = array[2, 0, :2] = gap
    text = f'holds = "{holds}"\naxes = "BZX"\n{SCAN}axial_mm = 0.003\n'
    with pytest.warns(SamplesReplaced, match=r"3 of 60 numbers .* in the B-scans 1, 2 "):
        found = read_laboratory_scan(described(tmp_path, array, text))
    stored = found.recorded[:]
    assert np.isfinite(stored).all()
    assert (stored == 0).sum() == 3


def test_grey_values_are_not_taken_for_decibels(tmp_path: Path) -> None:
    grey = np.full((2, 8, 5), 40_000, np.uint16)
    text = f'holds = "decibel"\naxes = "BZX"\n{SCAN}axial_mm = 0.003\n'
    found = read_laboratory_scan(described(tmp_path, grey, text))
    with pytest.raises(AcquisitionUnreadable, match=r"values up to 40000, and .* / 255"):
        found.recorded[:]


@pytest.mark.parametrize("key", ["file", "profile", "wavelength_nm_file"])
@pytest.mark.parametrize("named", ["above", "absolute", "link"])
def test_files_outside_of_its_folder_need_leave(tmp_path: Path, key: str, named: str) -> None:
    folder = tmp_path / "scan"
    folder.mkdir()
    files = {"file": "scan.npy", "profile": "device.toml", "wavelength_nm_file": "nm.txt"}
    for place in (folder, tmp_path):
        np.save(place / "scan.npy", spectra(3, 5, 64))
        np.savetxt(place / "nm.txt", np.linspace(900, 800, 64))
        (place / "device.toml").write_text('manufacturer = "frogs"\n', "utf-8")
    outside = tmp_path / files[key]
    (folder / "link").symlink_to(outside)
    files[key] = {"above": f"../{files[key]}", "absolute": str(outside), "link": "link"}[named]
    path = folder / "scan.toml"
    path.write_text(
        f'file = "{files["file"]}"\nprofile = "{files["profile"]}"\nholds = "spectra"\n'
        f'axes = "BXK"\n{SCAN}[calibration]\n'
        f'wavelength_nm_file = "{files["wavelength_nm_file"]}"\n',
        "utf-8",
    )
    with pytest.raises(AcquisitionUnreadable, match="lies outside of its folder"):
        read_laboratory_scan(path)
    if named != "link":  # a link has no ending that states what it is
        found = read_laboratory_scan(path, allow_outside=True)
        assert found.metadata["manufacturer"] == "frogs"
