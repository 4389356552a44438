"""Problems of an edition as few lines."""

from __future__ import annotations

import pytest

from octome.standard.problem_groups import grouped, is_of
from octome.standard.sources.records import Problem


def test_problems_of_one_kind_are_one_line_if_they_are_many() -> None:
    problems = [Problem(5, "", f"a picture is missing: frog{n}.svg") for n in range(9)]
    (line,) = grouped(problems)
    assert line == "PS3.5: a picture is missing (9): frog0.svg, frog1.svg, frog2.svg and 6 more"


def test_few_problems_have_a_line_each() -> None:
    problems = [Problem(3, f"table_{n}", "a row without a tag: Frog") for n in range(3)]
    assert grouped(problems) == [str(problem) for problem in problems]


def test_kinds_and_parts_are_kept_apart() -> None:
    problems = [
        Problem(part, "pond", f"{kind}: {n}")
        for n in range(4)
        for part, kind in ((3, "a frog"), (4, "a frog"), (3, "a toad"))
    ]
    assert [line.partition(" (")[0] for line in grouped(problems)] == [
        "PS3.3: a frog",
        "PS3.4: a frog",
        "PS3.3: a toad",
    ]


def test_parts_that_the_source_does_not_have_are_one_list() -> None:
    problems = [Problem(0, "", f"not in the source: part {n}") for n in (1, 2, 3, 16)]
    assert grouped(problems) == ["not in the source: parts 1 to 3, 16"]
    assert grouped(problems[:1]) == ["not in the source: part 1"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("not in the source: part 5", True), ("part 5: a frog", True), ("part 15: a frog", False)],
)
def test_problem_is_of_the_part_that_it_names(words: str, expected: bool) -> None:
    assert is_of(words, {5}) is expected
