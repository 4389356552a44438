"""The list of parts, and which part is about what."""

from __future__ import annotations

import pytest

from octome.standard.part_list import PARTS, parts_about


def test_every_part_has_a_title_and_a_subject() -> None:
    assert list(PARTS) == list(range(1, 23))
    assert all(part.title and part.about.endswith(".") for part in PARTS.values())
    assert [part.number for part in PARTS.values() if part.is_retired] == [9, 13]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("C-STORE", [7]),
        ("cstore", [7]),
        ("a-associate-rq", [8]),
        ("A-ASSOC", [8]),
        ("c-find", [4, 7]),
        ("fragments", [5]),
        ("what is a presentation context", [8]),
        ("pixel spacing", []),
        ("c", []),
    ],
)
def test_part_about_a_topic(query: str, numbers: list[int]) -> None:
    assert [topic.part.number for topic in parts_about(query)] == numbers
