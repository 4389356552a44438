"""What of a context group, and of a code, a search finds."""

from __future__ import annotations

import sqlite3

from octome.standard.compile.find_codes import codes, context_groups, schemes


def test_context_group_has_the_words_of_its_codes(frogs: sqlite3.Connection) -> None:
    (group,) = context_groups(frogs)
    assert (group.path, group.detail, group.body) == (
        "/context-groups/7",
        "CID 7, 1 code",
        "1 Pond frog",
    )
    assert group.keys == ("cid:7",)


def test_code_is_found_by_value_and_meaning_but_not_among_names(frogs: sqlite3.Connection) -> None:
    (code,) = codes(frogs, {})
    assert (code.path, code.title, code.by_name) == ("/codes/FRG/1", "Pond frog", False)
    assert code.keys == ("code:1", "meaning:pondfrog")


def test_coding_scheme_is_found_by_its_names(frogs: sqlite3.Connection) -> None:
    (scheme,) = schemes(frogs)
    assert (scheme.path, scheme.title) == ("/codes/FRG", "Codes of FRG")
    assert {"name:frg", "name:frgcodes", "name:codingschemefrg"} <= {*scheme.keys}
