"""Small instances for the tests of the check, and the editions to check against."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from small_instance import ct_image, encoded, is_wrong, line

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.file import encoded_instance
from octome.conformance.synthesis.instance import make
from octome.standard.library import Library


@pytest.fixture(scope="session")
def checker(library: Library) -> Checker:
    """For the current edition."""
    return Checker(library)


@pytest.fixture(scope="session")
def checker_2020(library: Library) -> Checker:
    """For the edition with text."""
    return Checker(library, "2020b")


@pytest.fixture(scope="session")
def checkers(checker: Checker, checker_2020: Checker) -> dict[str, Checker]:
    """By edition."""
    return {one.edition: one for one in (checker, checker_2020)}


@pytest.fixture(scope="session")
def made_instances(  # type: ignore[no-untyped-def]
    made_once, checkers: dict[str, Checker]
) -> dict[tuple[str, str], bytes]:
    """A synthetic instance of every CIOD of both editions, by edition and CIOD."""

    def fill(folder: Path) -> None:
        for edition, checker in checkers.items():
            for ciod in checker.library.ciods(edition):
                instance = encoded_instance(make(checker.book, ciod.id))
                (folder / f"{edition} {ciod.id}").write_bytes(instance)

    folder = made_once("instances", fill)
    return {
        (edition, ciod.id): (folder / f"{edition} {ciod.id}").read_bytes()
        for edition, checker in checkers.items()
        for ciod in checker.library.ciods(edition)
    }


@pytest.fixture
def ct() -> Dataset:
    """A CT image with nothing wrong."""
    return ct_image()


@pytest.fixture
def wrong_in(checker_2020: Checker) -> Callable[[Dataset], list[str]]:
    """The findings of a data set: `outcome code path`, of 2020b."""

    def lines(ds: Dataset) -> list[str]:
        return [
            line(finding)
            for finding in checker_2020.check(encoded(ds)).findings
            if is_wrong(finding)
        ]

    return lines


@pytest.fixture
def structure(made_chain) -> Dataset:  # type: ignore[no-untyped-def]
    """A structural volume of the chain, to be changed."""
    return dcmread(made_chain.file("structure"))


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Dataset, str], Path]:
    """Writes a data set to a file of that name."""

    def save(ds: Dataset, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(encoded(ds))
        return path

    return save
