"""Problems are reported a limited number of times."""

from __future__ import annotations

from octome.dicom.problem import MOST_OF_A_CODE, Problems


def test_a_hundred_problems_of_one_code_are_listed_and_then_that_there_are_more() -> None:
    problems = Problems()
    for number in range(10_000):
        problems.add("odd-length", f"value {number}", (number,))
    problems.add("truncated", "the end is missing")
    assert len(problems.found) == MOST_OF_A_CODE + 2
    assert problems.found[99].path == (99,)
    assert "more than 100 elements" in problems.found[100].message
    assert problems.found[101].code == "truncated"
