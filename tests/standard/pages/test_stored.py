"""Rows of the store."""

from __future__ import annotations

from octome.standard.pages.stored import StoredLine, any_of, merged


def line(tag: str, value_types: str | None = None) -> StoredLine:
    return StoredLine(tag, "1", None, None, value_types, None, "Frog", "Frog", "LO", "1")


def test_lines_of_one_tag_are_merged_for_all_their_value_types() -> None:
    lines = [line("00990001", "NUM"), line("00990002"), line("00990001", "CODE")]
    assert [(one.tag, one.value_types) for one in merged(lines)] == [
        ("00990001", "NUM or CODE"),
        ("00990002", None),
    ]
    assert any_of(line("00990001", "NUM"), line("00990001")) is None
