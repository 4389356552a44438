"""Context groups from a table that a source has as text. All sentences are invented."""

from __future__ import annotations

from octome.standard.block import Block
from octome.standard.compile.lost_inclusion import added_to_codes

INCLUDE = "Include Table 8.8-1 “Code Sequence Macro Attributes”"


def table(*rows: tuple[str, ...], anchor: str = "table_Z.1-1") -> tuple[Block, ...]:
    lines = tuple(
        Block(
            kind="row",
            blocks=tuple(Block(kind="cell", words=words) for words in row),
        )
        for row in rows
    )
    whole = Block(kind="table", blocks=lines)
    return (Block(kind="figure", detail=anchor, blocks=(whole,)),)


def found(blocks: tuple[Block, ...], path: str = "/modules/frog") -> dict[str, str]:
    added = added_to_codes(blocks, lambda place: path if place == ("03", "table_Z.1-1") else "")
    return {path: words[0].words for path, words in added}


def test_row_belongs_to_the_sequence_above_it() -> None:
    rows = table(
        ("Frog Code Sequence", "(0098,0001)", "3", "The frog."),
        (f">{INCLUDE}.", "BCID 1."),
        (">Leg Code Sequence", "(0098,0002)", "3", "Its legs."),
        (f">>{INCLUDE}", "DCID 2."),
        ("Colour", "(0098,0003)", "3", "Green."),
        ("Pond Code Sequence", "(0098,000A)", "3", "The pond."),
        (f">{INCLUDE}", "DCID 3."),
    )
    assert found(rows, "/modules/frog?edition=2020b") == {
        "/modules/frog/00980001": "BCID 1.",
        "/modules/frog/00980001/00980002": "DCID 2.",
        "/modules/frog/0098000a": "DCID 3.",
    }


def test_other_macros_and_tables_without_a_page_add_nothing() -> None:
    rows = (
        ("Frog Sequence", "(0098,0001)", "3", "The frog."),
        (">Include Table Z.2-1 “Pond Macro Attributes”", "BCID 1."),
        (f">{INCLUDE}",),
    )
    assert found(table(*rows)) == {}
    coded = (rows[0], (f">{INCLUDE}", "BCID 1."))
    assert found(table(*coded, anchor="table_Z.2-1")) == {}
    assert found(table(*coded), "/sections/Z.1") == {}
