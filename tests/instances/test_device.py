"""Device profiles: read back unchanged, and an error names the missing value."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from octome.errors import (
    InstanceUnreadable,
    MissingFact,
)
from octome.instances.device import empty_profile, load_profile, profile_of


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_profile_in_a_file_is_the_profile(device, tmp_path: Path) -> None:
    data = device.as_data()
    optics = data.pop("optics")
    lines = [f"{name} = {value!r}" for name, value in data.items()]
    lines += ["[optics]", *(f"{name} = {value}" for name, value in optics.items())]
    assert load_profile(written(tmp_path / "it.toml", "\n".join(lines))) == device


def test_an_empty_profile_is_an_error_until_it_is_filled_in(tmp_path: Path) -> None:
    with pytest.raises(MissingFact, match="the Standard requires it of an OCT scanner"):
        load_profile(written(tmp_path / "it.toml", empty_profile()))


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("manufacturer", None, "manufacturer is missing"),
        ("manufacturer", " ", "manufacturer cannot be ' '"),
        ("model", "x" * 65, "model has at most 64 characters"),
        ("serial_number", "a\\b", "serial_number has at most 64 characters and no backslash"),
        ("software_versions", [], r"software_versions cannot be \[\]"),
        ("detector_type", "FILM", "detector_type is 'FILM'; it is one of CCD, CMOS, PHOTO, INT"),
        ("optics", None, "optics.illumination_wavelength_nm is missing"),
    ],
)
def test_a_value_that_is_missing_or_not_allowed_is_named(device, key, value, why) -> None:
    with pytest.raises(MissingFact, match=f"^here: {why}"):
        profile_of(device.as_data() | {key: value}, "here")


@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0, True, "840"])
def test_an_optical_value_is_a_finite_number(device, value: object) -> None:
    data = device.as_data()
    data["optics"] |= {"illumination_wavelength_nm": value}
    with pytest.raises(MissingFact, match=r"optics\.illumination_wavelength_nm cannot be"):
        profile_of(data, "here")


def test_a_detector_that_does_not_exist_is_an_error_when_the_profile_is_built(device) -> None:
    with pytest.raises(MissingFact, match="detector_type is 'FILM'"):
        replace(device, detector_type="FILM")


def test_a_file_that_is_missing_or_not_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "it.toml"
    with pytest.raises(InstanceUnreadable, match=str(path)):
        load_profile(path)
    with pytest.raises(InstanceUnreadable, match="is not TOML"):
        load_profile(written(path, "a = = 1"))
