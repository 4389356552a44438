"""Names as they are compared."""

from __future__ import annotations

from octome.standard.search.squash import squash


def test_case_spaces_and_marks_do_not_count() -> None:
    assert squash("Frog's_Name-3") == squash("frogs name 3") == "frogsname3"
