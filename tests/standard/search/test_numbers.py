"""Numbers in every spelling, and what is none."""

from __future__ import annotations

import pytest

from octome.standard.search.numbers import number_within, numbers, tag_of_scope


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("0x00280030", "tag:00280030"),
        ("28,30", "tag:00280030"),
        ("(0028, 0030)", "tag:00280030"),
        ("0028 0030", "tag:00280030"),
        ("xx60,3000", "tag:60xx3000"),
        ("60xx,3000", "tag:60xx3000"),
        ("7FE0,0010", "tag:7fe00010"),
        ("C.7.6.2", "sec:c.7.6.2"),
        ("Section C.7.6.2.", "sec:c.7.6.2"),
        ("PS3.3 C.7.6.2", "sec:c.7.6.2"),
        ("PS 3.15 Section E.1", "sec:ps3.15-e.1"),
        ("TID1500", "tid:1500"),
        ("tid 1500", "tid:1500"),
        ("cid29", "cid:29"),
        ("Table C.7-6", "table:c.7-6"),
        ("121071", "code:121071"),
        ("DCM 121071", "code:121071"),
        ('(121071, DCM, "Frog")', "code:121071"),
        ("T-D3000", "code:t-d3000"),
        ("1.2.840.10008.1.2.", "uid:1.2.840.10008.1.2"),
        ("PS3.16", "part:16"),
    ],
)
def test_number(query: str, key: str) -> None:
    assert numbers(query)[0].keys[0] == key


def test_member_of_a_repeating_group_is_looked_for_as_the_group() -> None:
    assert "tag:60xx3000" in numbers("6002,3000")[0].keys


@pytest.mark.parametrize("query", ["pixel spacing", "CT", "face", "12-lead ecg", "wl/ww", "", "("])
def test_words_are_not_a_number(query: str) -> None:
    assert numbers(query) == []


def test_tag_as_programs_spell_it_is_a_tag() -> None:
    assert numbers("x0028_0030")[0].keys[0] == "tag:00280030"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("(0008,0018) UI =1.2.3", "(0008,0018)"),
        ("missing 0010,0020 in header", "0010,0020"),
        ("tag 0x00280010 is odd", "0x00280010"),
        ("unsupported syntax 1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.90"),
        ("see PS3.3 C.7.6.2 for this", "ps3.3 c.7.6.2"),
        ("what is TID 1500 for", "tid 1500"),
        ("study date 20240131", ""),
        ("frogs, 3 or 4", ""),
    ],
)
def test_clear_number_among_other_words_is_seen(query: str, number: str) -> None:
    assert number_within(query) == number


@pytest.mark.parametrize(
    "query",
    [
        "table E.1-1 part 15",
        "PS3.15 Table E.1-1",
        "E.1-1 of PS3.15",
        "Table E.1-1 in the DICOM PS3.15",
    ],
)
def test_table_of_a_part(query: str) -> None:
    (number,) = numbers(query)
    assert (number.kind, number.said, number.part) == ("table", "PS3.15 table E.1-1", 15)
    assert number.keys == ("table:e.1-1", "sec:ps3.15-table_e.1-1", "sec:ps3.15-e.1")


def test_appendix_is_an_annex() -> None:
    assert numbers("appendix E of part 15")[0].keys == ("sec:ps3.15-e",)


@pytest.mark.parametrize(
    ("query", "tag"),
    [
        ("20,52 in RTSTRUCT", "20,52"),
        ("CT 28,30", "28,30"),
        ("18,1152 DX", "18,1152"),
        ("tag 8,60", "8,60"),
        ("x, y", ""),
    ],
)
def test_short_tag_within_a_query(query: str, tag: str) -> None:
    assert tag_of_scope(query)[0] == tag
