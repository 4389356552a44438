"""A history in words, and what may not be claimed."""

from __future__ import annotations

import pytest

from octome.standard.pages.history_words import State, history, named, since

EDITIONS = ("2013", "2015b", "2018a", "2024a")
A, B, C = (State(key) for key in "abc")


def words(*states: State | None) -> str:
    found = history(list(zip(EDITIONS, states, strict=False)))
    return found.words if found else ""


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([A, A, A], "The same in 2013, 2015b and 2018a"),
        ([None, A, A], "Added between 2013 and 2015b"),
        ([None, A, None], "Added between 2013 and 2015b; removed between 2015b and 2018a"),
        ([State("1", "Type 1"), None], "Type 1 in 2013; not in 2015b"),
        (
            [State("1", "Type 1"), State("2", "Type 2"), State("2", "Type 2")],
            "Type 1 in 2013; Type 2 in 2015b and 2018a",
        ),
        (
            [A, B, B, C],
            "In 2013, 2015b, 2018a and 2024a; "
            "changed between 2013 and 2015b, between 2018a and 2024a",
        ),
        # What is not known in between is no change, and does not hide one.
        ([A, State(None), A], "In 2013, 2015b and 2018a"),
        ([A, State(None), B], "In 2013, 2015b and 2018a; changed between 2015b and 2018a"),
        ([A, State("b", "retired")], "In 2013; retired in 2015b"),
        (
            [State("a", "named Frog"), State("b", "named Toad"), State("c", "named Toad")],
            "Named Frog in 2013; named Toad in 2015b and 2018a; changed between 2015b and 2018a",
        ),
        ([A], ""),
        ([None, None], ""),
    ],
)
def test_states_in_words(states: list[State | None], expected: str) -> None:
    assert words(*states) == expected


def test_editions_that_were_not_looked_at_are_named() -> None:
    found = history([("2024a", A)], not_known=["2013"], not_compiled=["2020b", "2026a"])
    assert found is not None
    assert found.words == (
        "In 2024a; not known in 2013; "
        "not looked at in 2020b and 2026a, which octome has not compiled yet"
    )


def test_change_between_neighbours_came_with_the_newer_one() -> None:
    assert (since("2024a", "2024b"), since("2024a", "2024c")) == (
        "in 2024b",
        "between 2024a and 2024c",
    )
    assert since("2013", "2014a") == "between 2013 and 2014a"


def test_many_editions_are_given_by_the_first_and_the_last() -> None:
    assert named(["2013", "2014a"]) == "2013 and 2014a"
    assert named([f"20{year}a" for year in range(14, 24)]) == "2014a to 2023a (10 editions)"


def test_editions_that_are_known_are_in_no_range_of_those_that_are_not() -> None:
    unknown = ["2013", "2014a", "2016c", "2024c", "2025b", "2026c"]
    found = history([("2015b", State("x")), ("2020b", State("x"))], unknown)
    assert found is not None
    assert found.words.endswith("not known in 2013, 2014a, 2016c, 2024c, 2025b and 2026c")


def test_range_does_not_span_an_edition_that_is_not_known() -> None:
    known = [f"20{year}a" for year in range(10, 22)]
    unknown = known.pop(7)
    for keep_out in ({"not_known": [unknown]}, {"left_out": [unknown]}):
        found = history([(edition, A) for edition in known], **keep_out)  # type: ignore[arg-type]
        assert found is not None
        assert found.words.startswith("The same in 2010a to 2016a (7 editions), 2018a, 2019a, ")


def test_what_changed_is_counted() -> None:
    found = history([("2013", A), ("2015b", B)], changed={"2015b": "3 attributes"})
    assert found is not None
    assert found.words == "In 2013 and 2015b; 3 attributes changed between 2013 and 2015b"
