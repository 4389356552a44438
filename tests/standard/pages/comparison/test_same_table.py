"""Modules of two editions that are the same one under another id."""

from __future__ import annotations

from octome.standard.pages.comparison.same_table import TableFacts, same_tables


def table(path: str, name: str, digest: bytes | None = None, number: str = "") -> TableFacts:
    return TableFacts(path, name, digest, number)


def found(*pairs: tuple[TableFacts, TableFacts]) -> dict[str, str]:
    were, are = ({one.path: one for one in side} for side in zip(*pairs, strict=True))
    return {path: old.path for path, old in same_tables(were, are).items()}


def test_same_table_same_attributes_or_same_name() -> None:
    pairs = (
        (table("/modules/a", "A"), table("/modules/a", "A")),
        (table("/modules/frog", "Frog", b"1", "table_C.1-1"),
         table("/modules/toad", "Toad", b"2", "table_C.1-1")),
        (table("/modules/newt", "Newt", b"3"), table("/modules/eft", "Eft", b"3")),
        (table("/modules/multiframe", "Multiframe", b"4"),
         table("/modules/multi-frame", "Multi-frame", b"5")),
    )  # fmt: skip
    assert found(*pairs) == {new.path: old.path for old, new in pairs}


def test_what_is_ambiguous_or_still_there_is_not_the_same() -> None:
    empty = b"0"
    were = (table("/modules/a", "A", empty), table("/modules/b", "B", empty))
    are = (table("/modules/c", "C", empty), table("/modules/b", "B", empty))
    assert found(*zip(were, are, strict=True)) == {
        "/modules/b": "/modules/b",
        "/modules/c": "/modules/a",
    }
    others = (table("/modules/c", "C", empty), table("/modules/d", "D", empty))
    assert found(*zip(were, others, strict=True)) == {}
