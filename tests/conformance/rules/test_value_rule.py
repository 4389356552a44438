"""Which values a description allows. All descriptions here are invented."""

from __future__ import annotations

from octome.conformance.rules.condition.expression import Equals
from octome.conformance.rules.condition.wording import Attributes
from octome.conformance.rules.value_rule import Terms, ValueRule, value_rule
from octome.standard.compile.markup import read_html
from octome.standard.compile.statements import value_lists
from octome.standard.sources.records import Fragment
from octome.standard.stated import ContextGroup, Stated

NAMES = Attributes({0x00080060: "Modality", 0x00620001: "Segmentation Type"})


def listed(heading: str, *terms: str) -> str:
    items = "".join(f"<dt> {term} </dt><dd> <p> meaning</p> </dd>" for term in terms)
    return f"<p> <strong>{heading}</strong> </p> <dl>{items}</dl>"


def terms_of(html: str) -> tuple[Terms, ...]:
    lists = value_lists(read_html(Fragment(html)))
    return value_rule(Stated(edition="2020b"), lists, NAMES).terms


def test_enumerated_values_are_closed_and_defined_terms_are_not() -> None:
    assert terms_of(listed("Enumerated Values:", "GREEN", "BLACK")) == (
        Terms(is_closed=True, values=("GREEN", "BLACK"), index=None, when=None),
    )
    assert terms_of(listed("Defined Terms:", "GREEN"))[0].is_closed is False


def test_a_list_may_be_of_one_value_only() -> None:
    html = listed("Enumerated Values for Value 1:", "HOT") + listed(
        "Defined Terms for Value 2:", "MILK"
    )
    assert [(terms.index, terms.values) for terms in terms_of(html)] == [
        (0, ("HOT",)),
        (1, ("MILK",)),
    ]


def test_a_list_may_apply_under_a_condition() -> None:
    html = listed("Enumerated Values if Segmentation Type (0062,0001) is BINARY:", "1")
    assert terms_of(html) == (
        Terms(is_closed=True, values=("1",), index=None, when=Equals(0x00620001, ("BINARY",))),
    )


def test_a_list_under_a_condition_not_understood_is_left_out() -> None:
    assert terms_of(listed("Enumerated Values if the moon is full:", "1")) == ()


def test_two_closed_lists_for_one_value_are_left_out() -> None:
    assert terms_of(listed("Enumerated Values:", "A") + listed("Enumerated Values:", "B")) == ()


def test_two_lists_of_defined_terms_are_one() -> None:
    html = listed("Defined Terms:", "A") + listed("Retired Defined Terms:", "B")
    assert [terms.values for terms in terms_of(html)] == [("A", "B")]


def test_values_of_a_section_are_numbered_by_the_words_before_them() -> None:
    html = (
        "<p>Value 1 is the leaf.</p>"
        + listed("Enumerated Values:", "LEAF")
        + ("<p>Value 2 is the cup.</p>" + listed("Enumerated Values:", "CUP"))
    )
    assert [(terms.index, terms.values) for terms in terms_of(html)] == [
        (0, ("LEAF",)),
        (1, ("CUP",)),
    ]


def test_context_groups_and_numbers_of_items_are_those_of_the_text() -> None:
    stated = Stated(edition="2020b", context_groups=(ContextGroup(4, "defined"),), items=(1, None))
    assert value_rule(stated, (), NAMES) == ValueRule((), (ContextGroup(4, "defined"),), (1, None))
