"""The letters of PS3.15 Table E.1-1."""

from __future__ import annotations

from octome.standard.model.confidentiality import ACTIONS


def test_every_letter_of_a_combination_has_its_own_meaning() -> None:
    letters = {letter.rstrip("*") for action in ACTIONS for letter in action.split("/")}
    assert letters == set("DZXKCU")
    assert letters <= ACTIONS.keys()
