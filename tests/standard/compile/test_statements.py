"""What a text states of an attribute's values. All descriptions are invented."""

from __future__ import annotations

import pytest

from octome.standard.compile.markup import read_html
from octome.standard.compile.statements import (
    items,
    overridden_module,
    value_lists,
)
from octome.standard.sources.records import Fragment
from octome.standard.stated import ValueList


def listed(heading: str, *terms: str) -> str:
    entries = "".join(f"<dt> {term} </dt><dd> <p> meaning</p> </dd>" for term in terms)
    return f"<p> <strong>{heading}</strong> </p> <dl>{entries}</dl>"


def lists(html: str) -> tuple[ValueList, ...]:
    return value_lists(read_html(Fragment(html)))


def test_enumerated_values_are_closed_and_defined_terms_are_not() -> None:
    assert lists(listed("Enumerated Values:", "GREEN", "BLACK")) == (
        ValueList(is_closed=True, values=("GREEN", "BLACK")),
    )
    assert lists(listed("Defined Terms:", "GREEN")) == (
        ValueList(is_closed=False, values=("GREEN",)),
    )


def test_a_list_may_be_of_one_value_only() -> None:
    html = listed("Enumerated Values for Value 1:", "HOT") + listed(
        "Defined Terms for Value 2:", "MILK"
    )
    assert [(one.index, one.values, one.condition) for one in lists(html)] == [
        (0, ("HOT",), ""),
        (1, ("MILK",), ""),
    ]


def test_a_list_may_apply_under_a_condition() -> None:
    found = lists(listed("Enumerated Values if Leaf Colour is GREEN:", "1"))
    assert [one.condition for one in found] == ["if Leaf Colour is GREEN"]


def test_values_of_a_section_are_numbered_by_the_words_before_them() -> None:
    html = (
        "<p>Value 1 is the leaf.</p>"
        + listed("Enumerated Values:", "LEAF")
        + ("<p>Value 2 is the cup.</p>" + listed("Enumerated Values:", "CUP"))
    )
    assert [(one.index, one.values) for one in lists(html)] == [(0, ("LEAF",)), (1, ("CUP",))]


def test_a_list_in_an_item_of_a_list_is_found_there() -> None:
    html = f"<ul><li>{listed('Defined Terms:', 'A')}</li></ul>"
    assert [one.values for one in lists(html)] == [("A",)]


@pytest.mark.parametrize(
    "html",
    [
        listed("Teas:", "GREEN"),  # terms that are not values
        listed("Enumerated Values:"),  # without a value
        listed("Enumerated Values:", "Green; black & <em>red</em>"),  # not a value
        "<p>In addition to the teas of Section Z:</p>" + listed("Defined Terms:", "GREEN"),
        listed("Enumerated Values:", "A") + listed("Further Enumerated Values:", "B"),
    ],
)
def test_lists_that_are_not_understood_are_left_out_with_all_others(html: str) -> None:
    assert lists(html) == ()


def test_numbers_of_items_are_read() -> None:
    assert items("Only a single Item shall be included in this Sequence.") == (1, 1)
    assert items("One or more Items shall be included in this Sequence.") == (1, None)
    assert items("Zero or one Item may be there.") == (0, 1)
    assert items("Items come as they are.") is None


def test_two_numbers_of_items_are_none() -> None:
    assert items("Only a single Item shall be there. One or more Items shall be there.") is None


def test_a_type_may_override_that_of_another_module() -> None:
    words = "This type definition shall override the definition in the Tea Pot Module."
    assert overridden_module(words) == "Tea Pot"
    assert overridden_module("See the Tea Pot Module.") == ""
