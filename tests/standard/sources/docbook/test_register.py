"""Lines of registers, tags and UIDs."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_part import chapter, made_part

from octome.standard.sources.docbook.register import lines, tables, tag_path, uid

TEA = (
    '<table label="6-1" xml:id="table_6-1"><thead><tr><th>Tea</th><th>Leaf</th></tr></thead>'
    "<tbody><tr><td>green</td><td>whole</td></tr><tr><th>Tea</th><th>Leaf</th></tr></tbody>"
    "<tbody><tr><td/><td/></tr><tr><td>black</td></tr>"
    '<tr><td/><td><olink targetdoc="PS3.16" targetptr="a"/></td></tr></tbody></table>'
)


def test_all_bodies_are_read_without_repeated_heads_and_empty_lines(tmp_path: Path) -> None:
    part = made_part(tmp_path, chapter(TEA))
    (table,) = tables(part, ("6-1",))
    found = [(line.words("tea"), line.words("leaf")) for line in lines(table, ("tea", "leaf"))]
    assert found == [("green", "whole"), ("black", ""), ("", "")]
    assert list(tables(part, ("6-2",))) == []


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("(0008,0008)", "00080008"),
        ("(FFFE,E00D)", "fffee00d"),
        ("(60xx,3000)", "60xx3000"),
        ("(1000,xxx0)", "1000xxx0"),
        ("(50xx,xxxx)", "50xxxxxx"),
        ("(0040, 4028)", "00404028"),
        ("(0040 4028)", "00404028"),
        ("00404028", "00404028"),
        ("See F.5", None),
        ("(gggg,eeee) where gggg is odd", None),
        ("", None),
    ],
)
def test_a_tag_is_read_however_it_is_written(words: str, path: str | None) -> None:
    assert tag_path(words) == path


@pytest.mark.parametrize("words", ["", "1", "1.", "1..2", "11.2.840", "1.02", "one"])
def test_a_word_that_is_not_a_uid(words: str) -> None:
    assert uid(words) is None
