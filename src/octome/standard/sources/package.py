"""Installed packages as sources: their versions and files, found without importing them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from octome.errors import StoreUnavailable


def installed_version(package: str) -> str:
    """The version of an installed package, from the name of its folder of metadata.

    `importlib.metadata` gives the same and takes 50 ms to import, a sixth of what showing a page
    may take; it is used where the folder is not next to the package.

    Raises
    ------
    StoreUnavailable
        The package is not installed.
    """
    spec = find_spec(package)
    if spec and spec.origin:
        for folder in Path(spec.origin).parent.parent.glob(f"{package}-*.dist-info"):
            return folder.name.removeprefix(f"{package}-").removesuffix(".dist-info")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError as error:
        raise StoreUnavailable(
            f"the package {package} is not installed", package=package
        ) from error


def package_folder(package: str) -> Path:
    """The folder of an installed package.

    Raises
    ------
    StoreUnavailable
        The package is not installed.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise StoreUnavailable(f"the package {package} is not installed", package=package)
    return Path(spec.origin).parent


def release(version: str) -> str:
    """The first two numbers of a version, which is what changes when its data does.

    Examples
    --------
    >>> release("0.28.1")
    '0.28'
    """
    return version.rpartition(".")[0]


def distributed_file(package: str, folder: str, name: str) -> Path:
    """A file that a package installs outside its own folder, wherever that is.

    Raises
    ------
    StoreUnavailable
        The package is not installed, or installed without this file.
    """
    from importlib.metadata import PackageNotFoundError, files

    try:
        entries = files(package) or ()
    except PackageNotFoundError as error:
        raise StoreUnavailable(
            f"the package {package} is not installed", package=package
        ) from error
    for entry in entries:
        if entry.parts[-2:] == (folder, name):
            return Path(str(entry.locate())).resolve()
    raise StoreUnavailable(f"the package {package} has no {name}", package=package, file=name)
