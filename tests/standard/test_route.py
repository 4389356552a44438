"""From a path to its page."""

from __future__ import annotations

import sqlite3

import pytest
from lone_reader import lone_reader

from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.route import is_there, page_at, words_of


@pytest.mark.parametrize(
    "path",
    [
        "/x",
        "/ciods/ct-image/x",
        "/ciods/ct-image/patient/00080008",
        "/modules/patient/Rows/Rows",
        "/sections/Q.1",
        "/uids/1.2",
        "/context-groups/-1",
        "/context-groups/4271/x",
        "/attributes/x/y",
        "/editions/2020b..2026b/ciods/x",
        "/ciods/ct-image/patient/00100010/00100010",
        "/%00/'\"",
    ],
)
def test_path_that_leads_nowhere_is_refused(library: Library, path: str) -> None:
    with pytest.raises(UnknownPath):
        library.at(path)


def test_empty_words_of_a_path_do_not_count() -> None:
    assert words_of("//ciods/ct-image//") == ["ciods", "ct-image"]


@pytest.mark.parametrize(
    ("path", "is_page"),
    [
        ("/ciods/ct-image/patient/00100010", True),
        ("/ciods/ct-image/frog", False),
        ("/modules/patient/00100010", True),
        ("/modules/patient/00280030", False),
        ("/sections/C.7.6.1.1.2", True),
        ("/parts/3/C.7.6.1.1.2", True),
        ("/parts/15/E.3.1", True),
        ("/parts/frog/E.3.1", False),
        ("/frogs", False),
        ("/ciods/ct-image", True),
        ("/ciods/frog", False),
    ],
)
def test_page_is_there_where_it_can_be_made(
    database: sqlite3.Connection, path: str, is_page: bool
) -> None:
    reader = lone_reader(database)
    assert is_there(reader, "2026b", words_of(path)) == is_page
    assert (page_at(reader, "2026b", words_of(path), {}) is not None) == is_page
