"""A store that turns out to be damaged while it is open."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from octome.errors import StoreUnavailable
from octome.standard.library import open_library
from octome.standard.session import Session
from octome.standard.store import connect


@pytest.fixture
def broken(store: Path, tmp_path: Path) -> Path:
    """A store that has lost a table."""
    path = Path(shutil.copy(store, tmp_path / "broken.sqlite"))
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE ciod")
        db.commit()
    return path


def opens(monkeypatch: pytest.MonkeyPatch, *stores: Path) -> list[str | None]:
    """Have the session open one store after the other; why it does is noted."""
    reasons: list[str | None] = []
    following: Iterator[Path] = iter(stores)

    def open_store(_path: Path | None, *, rebuild: str | None, **_: object) -> sqlite3.Connection:
        reasons.append(rebuild)
        return connect(next(following))

    monkeypatch.setattr("octome.standard.session.open_store", open_store)
    return reasons


def test_question_is_asked_again_of_a_new_store(
    broken: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = opens(monkeypatch, broken, store)
    with open_library() as library:
        assert len(library.ciods()) == 175
        assert reasons == [None, "the store is damaged (no such table: ciod)"]
        assert len(library.ciods("2020b")) == 143
    assert len(reasons) == 2


def test_store_that_stays_unreadable_is_one_clear_error(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens(monkeypatch, broken, broken)
    with open_library() as library, pytest.raises(StoreUnavailable, match="no such table: ciod"):
        library.ciods()


def test_question_to_a_closed_store_is_an_error_of_the_caller(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = opens(monkeypatch, store)
    session = Session(store, progress=lambda *_: None, notify=lambda _: None)
    session.close()
    with pytest.raises(sqlite3.ProgrammingError):
        session.ask(lambda reader: reader.editions)
    assert reasons == [None]


def test_damage_while_it_is_open_is_repaired_when_it_is_met(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(store, tmp_path / "standard.sqlite"))
    lines: list[str] = []
    with open_library(copy, notify=lines.append) as library:
        with copy.open("r+b") as file:  # the header and the first pages stay as they are
            file.seek(200_000)
            file.write(b"\xff" * (copy.stat().st_size - 400_000))
        assert lines == []
        assert len(library.ciods()) == 175
        assert library.attribute_at("/ciods/ct-image/image-pixel/00280010").title == "Rows"
    assert len(lines) == 1
    assert "damaged" in lines[0]
