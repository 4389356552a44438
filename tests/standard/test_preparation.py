"""Stores that another process compiles, while a library answers from those that are ready."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from official_site import book
from starlette.responses import Response

from octome.errors import EditionBeingPrepared, StoreUnavailable
from octome.standard.edition_folder import kept_edition
from octome.standard.edition_store import remove_stores
from octome.standard.library import Library, open_library
from octome.standard.preparation import Background
from octome.standard.sources.docbook.source import source_of
from octome.standard.sync import sync
from octome.web.app import answer
from octome.web.rendering import Rendering

WAIT_S = 60.0


@pytest.fixture
def home(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which the editions of the packages are compiled."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    from octome.standard.store import store_path
    from octome.standard.store_key import store_key

    path = store_path(store_key())
    path.parent.mkdir(parents=True)
    path.symlink_to(store)
    return tmp_path


def fetched(
    home: Path, edition: str, words: str = "Green tea.", parts: Sequence[int] = (3, 6)
) -> None:
    for number in parts:
        (home / f"part{number:02}.xml").write_bytes(book(number, edition, words))
    sync(edition, str(home), parts=parts)


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    with open_library() as opened:
        opened.prepare_in_background()
        yield opened


def wait_for(library: Library, edition: str) -> None:
    deadline = time.monotonic() + WAIT_S
    while not library.refresh() or library.editions[0] != edition:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_edition_that_is_fetched_later_is_read_when_it_is_ready(
    home: Path, library: Library
) -> None:
    before = library.editions
    fetched(home, "2031a")
    assert library.refresh()
    assert library.editions == (before[0], "2031a", *before[1:])
    with pytest.raises(EditionBeingPrepared, match="edition 2031a is being prepared"):
        library.ciods("2031a")
    wait_for(library, "2031a")
    assert library.editions == ("2031a", *before)
    assert library.is_ready("2031a")


def test_a_replaced_and_a_removed_edition_are_noticed(home: Path, library: Library) -> None:
    before = library.editions
    fetched(home, "2031a")
    wait_for(library, "2031a")
    assert not library.refresh()
    fetched(home, "2031a", "Black tea.")
    assert not library.refresh()
    assert library.edition() == "2031a"  # as it was, meanwhile
    wait_for(library, "2031a")
    kept_edition("2031a").remove()
    remove_stores("2031a")
    assert library.refresh()
    assert library.editions == before


def test_an_edition_that_comes_back_without_its_store_is_compiled_again(
    home: Path, library: Library
) -> None:
    fetched(home, "2011a", parts=[6])
    folder, away = kept_edition("2011a").path, home / "away"

    def wait(until: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WAIT_S
        while not until():
            assert time.monotonic() < deadline
            time.sleep(0.05)

    for _ in range(2):
        wait(library.refresh)
        with pytest.raises(EditionBeingPrepared):
            library.at("/attributes", "2011a")
        wait(lambda: library.is_ready("2011a"))
        folder.rename(away)
        remove_stores("2011a")
        wait(library.refresh)
        away.rename(folder)


def test_a_page_of_an_edition_that_is_not_ready_says_so_and_others_are_served(
    home: Path, library: Library
) -> None:
    fetched(home, "2011a", parts=[6])
    fetched(home, "2012a", parts=[6])
    assert library.refresh()  # neither is read by default: both lack CIODs
    rendering = Rendering(library)

    def get(path: str, edition: str = "") -> Response:
        return answer(library, rendering, path, {"edition": edition} if edition else {})

    assert get("/ciods/ct-image").status_code == 200
    without = get("/editions").body
    page = get("/attributes", "2011a")
    assert (page.status_code, page.headers["retry-after"]) == (503, "2")
    assert b"Edition 2011a is being prepared" in page.body
    assert b'http-equiv="refresh"' in page.body
    other = get("/attributes.json", "2012a")
    assert (other.status_code, json.loads(other.body)["code"]) == (503, "edition-being-prepared")
    assert get("/ciods/ct-image").status_code == 200
    deadline = time.monotonic() + WAIT_S
    while get("/attributes", "2011a").status_code == 503:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert get("/attributes", "2011a").status_code == 200
    assert get("/editions").body != without  # it was rendered again: 2011a is ready


def test_an_edition_that_cannot_be_compiled_is_one_error(home: Path) -> None:
    fetched(home, "2031a")
    folder = kept_edition("2031a")
    (folder.path / folder.manifest.parts["3"].file).write_bytes(b"frog")
    background = Background()
    with pytest.raises(EditionBeingPrepared):
        background.store("2031a", [source_of(folder)])
    deadline = time.monotonic() + WAIT_S
    while background.is_busy():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    with pytest.raises(StoreUnavailable, match=r"edition 2031a cannot be prepared: .*part03"):
        background.store("2031a", [source_of(folder)])
    with pytest.raises(EditionBeingPrepared):  # it is tried again
        background.store("2031a", [source_of(folder)])
    background.close()
