"""`octome profile` as a user types it."""

from __future__ import annotations

from pathlib import Path

import pydicom
from click.testing import CliRunner, Result

from octome.cli.main import main


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_an_empty_profile_is_an_error_until_it_is_filled_in(made_chain, tmp_path: Path) -> None:
    profile = tmp_path / "device.toml"
    assert run("profile", profile).exit_code == 0
    refused = run("process", made_chain.scan, tmp_path / "out", "--profile", profile)
    assert refused.exit_code == 2
    assert "manufacturer cannot be ''" in refused.stderr
    text = profile.read_text().replace("= nan", "= 1.5").replace('""', '"X"')
    profile.write_text(text.replace('detector_type = "X"', 'detector_type = "CCD"'))
    words = ("process", made_chain.scan, tmp_path / "out", "--profile", profile, "--no-raw")
    assert run(*words, "--slabs", "retina").exit_code == 0
    ds = pydicom.dcmread(tmp_path / "out" / "structure.dcm")
    assert (ds.DetectorType, ds.IlluminationPower, ds.Manufacturer) == ("CCD", 1.5, "X")
