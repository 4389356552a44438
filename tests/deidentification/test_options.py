"""The options of the profile, their columns and their codes."""

from __future__ import annotations

import pytest

from octome.deidentification.options import OPTIONS, Options
from octome.standard.library import Library


def test_every_column_is_in_the_table(library: Library) -> None:
    rows = library.confidentiality_index().rows
    found = {action.profile for row in rows for action in row.actions}
    assert {column for column, _, _ in OPTIONS.values()} <= found


def test_every_code_is_in_the_context_group_of_methods(library: Library) -> None:
    codes = {code.value: code.meaning for code in library.context_group(7050).codes}
    options = Options(retain=frozenset({"dates", "uids"}), clean=frozenset({"graphics"}))
    assert [code for code, _ in options.codes] == ["113100", "113103", "113106", "113110"]
    for code, meaning in (*options.codes, *(one[1:] for one in OPTIONS.values())):
        assert codes[code] == meaning


def test_dates_are_retained_or_shifted() -> None:
    with pytest.raises(ValueError, match="not both"):
        Options(retain=frozenset({"dates", "shifted-dates"}))
    with pytest.raises(ValueError, match="'tea'"):
        Options(retain=frozenset({"tea"}))  # type: ignore[arg-type]
