"""How statements joined by `and` and `or` are grouped. All sentences here are invented."""

from __future__ import annotations

from itertools import product

import pytest

from octome.conformance.rules.condition.conjunction import grouped, split
from octome.conformance.rules.condition.expression import Constant, Truth, Unknown
from octome.conformance.rules.condition.logic import All, AnyOf, Mixed

KETTLE, CUP, LEAF = Unknown("kettle"), Unknown("cup"), Unknown("leaf")


def of(words: str) -> object:
    """The grouping of a sentence whose pieces are single words."""
    pieces, joints = split(words)
    return grouped([Unknown(piece) for piece in pieces], joints)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kettle and cup and leaf", All((KETTLE, CUP, LEAF))),
        ("kettle and cup, or leaf", AnyOf((All((KETTLE, CUP)), LEAF))),
        ("kettle and cup or if leaf", AnyOf((All((KETTLE, CUP)), LEAF))),
        ("kettle, or cup and leaf", AnyOf((KETTLE, All((CUP, LEAF))))),
        ("kettle or cup, and if leaf", All((AnyOf((KETTLE, CUP)), LEAF))),
    ],
)
def test_a_comma_or_an_if_makes_a_word_join_later(words: str, expected: object) -> None:
    assert of(words) == expected


@pytest.mark.parametrize("words", ["kettle or cup and leaf", "kettle, or if cup, and leaf"])
def test_an_ambiguous_grouping_keeps_both_readings(words: str) -> None:
    assert of(words) == Mixed((KETTLE, CUP, LEAF), ("or", "and"))


def test_conjunctions_in_parentheses_and_quotes_do_not_count() -> None:
    assert split('kettle (cup or leaf) and "milk and sugar"')[0] == [
        "kettle (cup or leaf)",
        '"milk and sugar"',
    ]


def truth(*parts: Truth, words: tuple[str, ...]) -> Truth:
    made = tuple(Unknown("?") if part is None else Constant(part) for part in parts)
    return Mixed(made, words).truth(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kettle", "cup", "leaf"), list(product([True, False], repeat=3)))
def test_a_mixed_expression_is_decided_where_the_readings_agree(
    *, kettle: bool, cup: bool, leaf: bool
) -> None:
    early, late = kettle or (cup and leaf), (kettle or cup) and leaf
    expected = early if early == late else None
    assert truth(kettle, cup, leaf, words=("or", "and")) is expected


def test_an_unknown_part_leaves_a_mixed_expression_undecided_only_if_it_matters() -> None:
    assert truth(True, None, True, words=("or", "and")) is True  # both readings
    assert truth(True, None, False, words=("or", "and")) is None  # True or, False and
    assert truth(False, None, False, words=("or", "and")) is False


def test_all_five_ways_to_group_four_parts_count() -> None:
    # (F and (T or T)) and T is False as every other, but F and T or T and T has readings with T.
    assert truth(False, True, True, True, words=("and", "or", "and")) is None
    assert truth(True, True, False, True, words=("and", "or", "and")) is True


def test_the_numbers_of_parts_and_conjunctions_must_match() -> None:
    with pytest.raises(ValueError, match="2 parts"):
        Mixed((KETTLE, CUP), ())
