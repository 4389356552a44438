"""The table of tags against pydicom's dictionary, another reading of PS3.6."""

from __future__ import annotations

from pathlib import Path
from tokenize import NUMBER, generate_tokens
from tokenize import open as open_source

import pytest
from pydicom.datadict import keyword_for_tag

from octome.dicom.tag import TAG

TABLE = Path(__file__).parents[2] / "src/octome/dicom/tag.py"
TAGS = {keyword: value for keyword, value in vars(TAG).items() if not keyword.startswith("_")}


def test_there_are_tags() -> None:
    assert len(TAGS) > 80
    assert TAG.NumberOfFrames == 0x00280008


@pytest.mark.parametrize("keyword", TAGS)
def test_each_keyword_is_the_dictionarys(keyword: str) -> None:
    assert keyword_for_tag(TAGS[keyword]) == keyword


def test_tags_ascend() -> None:
    assert list(TAGS.values()) == sorted(set(TAGS.values()))


def numbers_in(path: Path) -> list[str]:
    with open_source(path) as source:
        tokens = list(generate_tokens(source.readline))
    return [token.string for token in tokens if token.type == NUMBER]


def test_no_module_writes_a_tag_of_the_table_as_a_number() -> None:
    # Examples in docstrings and patterns may; code may not.
    written = {f"0x{value:08X}" for value in TAGS.values()}
    rooms = [TABLE.parents[1] / room for room in ("dicom", "conformance", "web")]
    found = [
        f"{path.name}: {number}"
        for room in rooms
        for path in room.rglob("*.py")
        if path != TABLE
        for number in numbers_in(path)
        if number in written
    ]
    assert not found
