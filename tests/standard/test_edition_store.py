"""The store of a fetched edition: its problems, and that it goes with the edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_site import book

from octome.standard.edition_folder import kept_edition
from octome.standard.edition_store import open_edition, remove_stores, stored_problems
from octome.standard.sync import sync


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    publish(tmp_path, "Green tea.")
    return tmp_path / "cache" / "octome"


def publish(folder: Path, words: str, *editions: str) -> None:
    for edition in editions or ("2024a",):
        for number in (3, 6):
            (folder / f"part{number:02}.xml").write_bytes(book(number, edition, words))
        sync(edition, str(folder), parts=[3, 6])


def opened(edition: str = "2024a") -> list[str]:
    store = open_edition(kept_edition(edition))
    words = [problem.words for problem in stored_problems(store)]
    store.close()
    return words


def test_the_store_has_the_problems_of_the_edition(cache: Path) -> None:
    assert "a picture is missing: figures/pond.svg" in opened()


def test_a_changed_edition_takes_the_place_of_its_old_store(cache: Path, tmp_path: Path) -> None:
    opened()
    (before,) = cache.glob("standard-*.sqlite")
    publish(tmp_path, "Black tea.")
    opened()
    (after,) = cache.glob("standard-*.sqlite")
    assert after != before


def test_only_the_stores_of_one_edition_are_removed(cache: Path, tmp_path: Path) -> None:
    publish(tmp_path, "Green tea.", "2024b")
    opened("2024a")
    opened("2024b")
    remove_stores("2024a")
    (left,) = cache.glob("standard-*.sqlite")
    opened("2024b")
    assert list(cache.glob("standard-*.sqlite")) == [left]
