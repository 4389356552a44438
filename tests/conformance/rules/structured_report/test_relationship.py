"""Tables of relationships, packaged and in a section's text."""

from __future__ import annotations

import pytest

from octome.conformance.rules.structured_report.relationship import (
    SECTIONS,
    relationships_known,
    rows_in,
)
from octome.standard.block import Block


@pytest.mark.parametrize("uid", SECTIONS)
def test_every_class_has_a_table(uid: str) -> None:
    known = relationships_known(uid)
    assert known is not None
    assert "CODE" in known.targets("CONTAINER", "CONTAINS") | known.targets(
        "CONTAINER", "HAS CONCEPT MOD"
    ) or "*" in known.targets("CONTAINER", "CONTAINS")
    assert known.targets("CONTAINER", "SELECTED FROM") <= {"*"}


def test_other_classes_have_none() -> None:
    assert relationships_known("1.2.840.10008.5.1.4.1.1.2") is None


def line(kind: str, *cells: str) -> Block:
    inside = tuple(
        Block(kind="heading cell" if kind == "head" else "cell", words=words) for words in cells
    )
    return Block(kind="row", blocks=inside)


def table(*rows: Block) -> tuple[Block, ...]:
    head = Block(kind="head", blocks=(rows[0],))
    return (Block(kind="figure", blocks=(Block(kind="table", blocks=(head, *rows[1:])),)),)


def test_the_rows_of_a_section_are_read() -> None:
    head = line(
        "head", "Source Value Type", "Relationship Type (Enumerated Values)", "Target Value Type"
    )
    rows = rows_in(
        table(
            head,
            line("cell", "CONTAINER", "CONTAINS", "TEXT, SCOORD3D, IMAGE1, CONTAINER (see below)."),
            line("cell", "any type", "HAS CONCEPT MOD", "CODE2"),
            line("cell", "any type (except CONTAINER)", "HAS PROPERTIES", "TEXT"),
            line("cell", "any type", "any type other than CONTAINS", "any type"),
        )
    )
    assert rows == (
        (frozenset({"CONTAINER"}), "CONTAINS", {"TEXT", "SCOORD3D", "IMAGE", "CONTAINER"}),
        (frozenset({"*"}), "HAS CONCEPT MOD", {"CODE"}),
        (frozenset({"*-CONTAINER"}), "HAS PROPERTIES", {"TEXT"}),
        (frozenset({"*"}), "*-CONTAINS", {"*"}),
    )


def test_other_tables_have_no_rows() -> None:
    assert rows_in(table(line("head", "Frog", "Song", "Pond"))) == ()
