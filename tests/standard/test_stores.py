"""A store that turns out to be damaged while it is open."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from invented_source import InventedSource, compiled, whole_edition

from octome.errors import StoreUnavailable, UnknownEdition
from octome.standard.library import open_library
from octome.standard.model.page import Link
from octome.standard.pages.ciod import ciod_page
from octome.standard.pages.comparison.edition_diff import edition_diff
from octome.standard.pages.edition import edition_index
from octome.standard.sources.source import Content
from octome.standard.store import connect, open_store
from octome.standard.stores import Shelf, Stores, synced_shelves


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

    monkeypatch.setattr("octome.standard.stores.open_store", open_store)
    return reasons


def test_query_is_repeated_with_a_new_store(
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
    stores = Stores(store, progress=lambda *_: None, notify=lambda _: None)
    stores.close()
    with pytest.raises(sqlite3.ProgrammingError):
        stores.ask("2026b", lambda reader, edition: reader.terms(edition))
    assert reasons == [None]


def test_damage_while_it_is_open_is_repaired_when_it_is_met(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [InventedSource(editions=(whole_edition("2013"),))]
    monkeypatch.setattr(
        "octome.standard.stores.PACKAGED",
        Shelf(edition=None, sources=sources),
    )
    path = tmp_path / "standard.sqlite"
    open_store(path, sources=sources).close()
    lines: list[str] = []
    with open_library(path, notify=lines.append) as library:
        with path.open("r+b") as file:  # the header and the first pages stay as they are
            file.seek(path.stat().st_size // 10)
            file.write(b"\xff" * (path.stat().st_size * 8 // 10))
        assert lines == []
        assert len(library.ciods()) == 1
        assert library.attribute_at("/modules/frog/00990001").title == "Frog's Name"
    assert len(lines) == 1
    assert "damaged" in lines[0]


def test_synced_edition_has_its_own_store_and_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octome.standard.store.cache_folder", lambda: tmp_path)
    monkeypatch.setattr(
        "octome.standard.stores.PACKAGED",
        Shelf(edition=None, sources=[InventedSource(editions=(whole_edition("2013"),))]),
    )
    shelves = [
        Shelf(
            edition=edition,
            sources=[InventedSource(editions=(whole_edition(edition, ciod),), name=edition)],
        )
        for edition, ciod in (("2020a", "toad-image"), ("2021b", "frog-image"))
    ]
    stores = Stores(None, shelves, progress=lambda *_: None, notify=lambda _: None)
    try:
        assert stores.editions == ("2021b", "2020a", "2013")
        assert len(list(tmp_path.glob("standard-*.sqlite"))) == 2  # 2020a was not needed yet
        assert stores.ask(None, lambda reader, edition: (edition, reader.own_editions)) == (
            "2021b",
            ("2021b",),
        )
        index = stores.ask(None, edition_index)
        assert [(one.id, one.is_compiled) for one in index.editions] == [
            ("2021b", True),
            ("2020a", False),
            ("2013", True),
        ]
        page = stores.ask("2020a", lambda reader, edition: ciod_page(reader, edition, "toad-image"))
        assert page is not None
        # Both store the same SOP Class.
        assert page.elsewhere == (
            ("2021b", Link("/ciods/frog-image", "Frog Image")),
            ("2013", Link("/ciods/frog-image", "Frog Image")),
        )
        diff = stores.ask(None, lambda reader, _: edition_diff(reader, "2013", "2021b"))
        assert diff is not None
        assert (diff.ciods, diff.modules) == ((), ())
        assert [stores.edition(typed) for typed in ("2020A", "current")] == ["2020a", "2021b"]
        with pytest.raises(UnknownEdition, match="no edition '1999a' here; there is 2021b, 2020a"):
            stores.edition("1999a")
    finally:
        stores.close()


class EmptySource(InventedSource):
    """A source that has an edition without CIODs."""

    def contents(self) -> Mapping[str, frozenset[Content]]:
        return {records.edition: frozenset({"facts"}) for records in self.editions}


def test_edition_without_ciods_is_not_read_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octome.standard.store.cache_folder", lambda: tmp_path)
    monkeypatch.setattr(
        "octome.standard.stores.PACKAGED",
        Shelf(edition=None, sources=[InventedSource(editions=(whole_edition("2013"),))]),
    )
    empty = replace(whole_edition("2021b"), ciods=[], module_uses=[], macro_uses=[], modules=[])
    shelf = Shelf(edition="2021b", sources=[EmptySource(editions=(empty,))], is_usable=False)
    stores = Stores(None, [shelf], progress=lambda *_: None, notify=lambda _: None)
    try:
        assert (stores.current, stores.editions) == ("2013", ("2013", "2021b"))
        stores.ask("2021b", lambda reader, edition: reader.terms(edition))
        index = stores.ask(None, edition_index)
        assert [(one.id, one.attributes) for one in index.editions] == [("2013", 5), ("2021b", 0)]
    finally:
        stores.close()


def test_edition_with_a_damaged_manifest_is_left_out_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "octome" / "editions" / "2024a"
    folder.mkdir(parents=True)
    (folder / "edition.json").write_text("frog")
    lines: list[str] = []
    assert synced_shelves(lines.append) == []
    assert len(lines) == 1
    assert lines[0].startswith("Left out: edition 2024a at ")


def test_default_edition_that_cannot_be_read_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octome.standard.store.cache_folder", lambda: tmp_path)
    monkeypatch.setattr(
        "octome.standard.stores.PACKAGED",
        Shelf(edition=None, sources=[InventedSource(editions=(whole_edition("2013"),))]),
    )
    lines: list[str] = []
    shelf = Shelf(edition="2021b", sources=[InventedSource(editions=(), name="nothing")])
    stores = Stores(None, [shelf], progress=lambda *_: None, notify=lines.append)
    try:
        assert stores.editions == ("2013",)
        assert any(line.startswith("Left out: edition 2021b cannot be read") for line in lines)
    finally:
        stores.close()


def test_group_of_a_ciod_that_the_source_has_not_is_left_out(tmp_path: Path) -> None:
    whole = whole_edition("2013")
    stray = whole.macro_uses[0]._replace(ciod="toad-image")
    records = replace(whole, macro_uses=[*whole.macro_uses, stray])
    with compiled(tmp_path / "standard.sqlite", InventedSource(editions=(records,))) as library:
        assert len(library.ciod("frog-image").functional_groups) == 1
