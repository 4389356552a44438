"""`octome import` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from click.testing import CliRunner, Result
from PIL import Image

from octome.cli.main import main
from octome.octa.acquisition_file import AcquisitionFile
from octome.octa.phantom.eye import SimulatedEye


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["import", *(str(word) for word in words)])


def described(folder: Path) -> Path:
    """A simulated scan without repeats, as a laboratory would keep it."""
    eye = SimulatedEye(seed=1, bscans=3, repeats=1, ascans=32, samples=512)
    wavenumber = eye.truth.calibration.wavenumber
    eye.spectra()[:].astype("<u2").tofile(folder / "scan.raw")
    np.savetxt(folder / "wavelengths.txt", 2000 * np.pi / wavenumber, fmt="%.9f")
    path = folder / "scan.toml"
    path.write_text(
        'file = "scan.raw"\nholds = "spectra"\naxes = "BRXK"\ndtype = "<u2"\n'
        "shape = [3, 1, 32, 512]\n[scan]\nascan_mm = 0.01\nbscan_mm = 0.01\n"
        'ascan_rate_hz = 100000\n[calibration]\nwavelength_nm_file = "wavelengths.txt"\n',
        "utf-8",
    )
    return path


def test_an_imported_scan_can_be_opened(tmp_path: Path) -> None:
    result = run(described(tmp_path), tmp_path / "scan.h5")
    assert result.exit_code == 0, result.stderr
    assert "3 B-scans" in result.stdout
    assert "1 repeat of 32 A-scans of 512 samples (spectra)" in result.stdout
    with AcquisitionFile(tmp_path / "scan.h5") as file:
        raw = np.fromfile(tmp_path / "scan.raw", "<u2").reshape(3, 1, 32, 512)
        np.testing.assert_array_equal(file.acquisition.recorded[:], raw)


def test_a_dry_run_draws_the_first_bscan(tmp_path: Path) -> None:
    path = described(tmp_path)
    result = run(path, tmp_path / "first.png", "--dry-run", "--json")
    assert result.exit_code == 0, result.stderr
    said = json.loads(result.stdout)
    assert said["shape"] == [3, 1, 32, 512]
    assert said["rows"] == 256
    assert 8 < said["dispersion_rad"][0] < 14
    with Image.open(tmp_path / "first.png") as image:
        drawn = np.asarray(image.convert("L"))
    assert drawn.std() > 20
    assert sorted(each.suffix for each in tmp_path.iterdir()) == [".png", ".raw", ".toml", ".txt"]


def test_an_existing_file_is_kept_and_a_wrong_description_refused(tmp_path: Path) -> None:
    path = described(tmp_path)
    (tmp_path / "scan.h5").write_text("mine")
    refused = run(path, tmp_path / "scan.h5")
    assert refused.exit_code == 2
    assert "already exists" in refused.stderr
    path.write_text(path.read_text("utf-8").replace("[3, 1,", "[4, 1,"), "utf-8")
    wrong = run(path, tmp_path / "new.h5", "--json")
    assert "4 x 1 x 32 x 512" in json.loads(wrong.stderr)["message"]
    assert not (tmp_path / "new.h5").exists()
