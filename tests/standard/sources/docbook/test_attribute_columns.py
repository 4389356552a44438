"""Columns of attribute tables, as headings have them or as their cells show."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_part import chapter, made_part, section
from made_tables import ATTRIBUTES, cells, table

from octome.standard.sources.docbook.attribute_columns import (
    TAG,
    TYPE,
    Columns,
    attribute_columns,
    unread_rows,
)
from octome.standard.sources.docbook.grid import Grid, grid
from octome.standard.sources.docbook.tag import tag

ROW = cells("Frog", "(0010,0020)", "1C", "It croaks.")


def made(folder: Path, head: tuple[str, ...], *rows: str, caption: str = "Frog Module") -> Grid:
    part = made_part(folder, chapter(section("C.1", table("C.1-1", caption, head, rows))))
    return grid(next(part.root.iter(tag("table"))))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ATTRIBUTES, Columns(1, 2, 3)),
        (("Attribute Name", "Tag", "Attribute Description"), Columns(1, None, None)),
        (("Attribute", "Attribute Tag", "Req. Type", "Description"), Columns(1, 2, 3)),
        (("Attribute Name", "Type", "Tag", "Description", "Remarks"), Columns(2, 1, 3)),
        (("Attribute", "Tag", "Value"), None),
        (("Module", "Reference", "Usage"), None),
    ],
)
def test_columns_are_known_by_their_headings(
    tmp_path: Path, head: tuple[str, ...], expected: Columns | None
) -> None:
    found = attribute_columns(made(tmp_path, head, ROW))
    assert found is None if expected is None else found is not None and found[:2] == expected[:2]


def test_columns_without_headings_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    bare = made(tmp_path, (), ROW, ROW, caption="Frog Module Attributes")
    assert attribute_columns(bare) == Columns(1, 2, None)


def test_table_that_only_looks_like_one_of_attributes_is_counted(tmp_path: Path) -> None:
    other = made(tmp_path, ("Frog", "Number", "Kind", "Words"), ROW, ROW, caption="Frogs")
    assert attribute_columns(other) is None
    assert unread_rows(other) == 2
    assert unread_rows(made(tmp_path, (), ROW, caption="Example Frogs")) == 0


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("(0010,0020)", ""),
        ("0010 0020", ""),
        ("( 0010 , 0020 )", ""),
        ("(0010\uff0c0020)", ""),
        ("(0010,0020) (RET)", "(RET)"),
        ("(0010,0020", ""),
    ],
)
def test_tag_is_read_in_any_spelling(words: str, rest: str) -> None:
    found = TAG.match(words)
    assert found is not None
    assert found.groups() == ("0010", "0020", rest)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1 C", ("1", "C", "")),
        ("Type 2", ("2", "", "")),
        ("1C (see Note)", ("1", "C", "see Note)")),
    ],
)
def test_type_is_read_in_any_spelling(words: str, expected: tuple[str, ...]) -> None:
    found = TYPE.fullmatch(words)
    assert found is not None
    assert found.groups() == expected
