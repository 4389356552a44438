"""Sentences as requirements. All sentences here are invented."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from octome.conformance.rules.condition.expression import Constant, Present, Truth
from octome.conformance.rules.condition.logic import unknowns
from octome.conformance.rules.condition.requirement import Requirement, requirement
from octome.conformance.rules.condition.wording import Attributes
from octome.standard.block import paragraphs
from octome.standard.compile.markup import read_html
from octome.standard.sources.records import Fragment

CASES = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))
COLOUR, CUPS, TIME = 0x00080001, 0x00080002, 0x00080003
NAMES = Attributes({COLOUR: "Leaf Colour", CUPS: "Number of Cups", TIME: "Steeping Time"})


class Cup:
    """A place with at most two attributes, written as `GREEN cups=2`; `absent` is without any."""

    def __init__(self, cup: str) -> None:
        self.held: dict[int, tuple[str, ...]] = {}
        cups = re.search(r"cups=(\d+)", cup)
        colour = cup.replace(cups[0] if cups else "", "").strip()
        if cups:
            self.held[CUPS] = (cups[1],)
        if colour != "absent" and (colour or not cups):
            self.held[COLOUR] = tuple(colour.split("\\")) if colour else ()

    def presence(self, tag: int) -> Truth:
        return tag in self.held

    def has_value(self, tag: int) -> Truth:
        return bool(self.held.get(tag))

    def values(self, tag: int) -> Sequence[Sequence[object]]:
        return [self.held[tag]] if tag in self.held else []

    def codes(self, tag: int) -> Sequence[tuple[str, str]]:
        return [("DCM", value) for value in self.held.get(tag, ())]

    def number_of_items(self, tag: int) -> int:
        return len(self.held.get(tag, ()))

    def is_demanded(self, tag: int) -> Truth:
        return None

    def predicate(self, name: str) -> Truth:
        raise KeyError(name)


def required(sentence: str, cup: str) -> Truth:
    return requirement([sentence], NAMES).required.truth(Cup(cup))


def forbidden(sentence: str, cup: str) -> Truth:
    return requirement([sentence], NAMES).forbidden.truth(Cup(cup))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_sentence_gives_when_an_attribute_is_required(case: dict[str, object]) -> None:
    expected = case["expect"]
    assert isinstance(expected, dict)
    assert {cup: required(str(case["given"]), cup) for cup in expected} == expected


GREEN = "Required if Leaf Colour is GREEN"


@pytest.mark.parametrize(
    ("sentence", "when_green", "when_red"),
    [
        (f"{GREEN}.", False, True),
        (f"{GREEN}. May be present otherwise.", False, False),
        (f"{GREEN}, may be present otherwise.", False, False),
        (f"{GREEN}. Shall not be present otherwise.", False, True),
        (f"{GREEN}. May be present otherwise only if Number of Cups is 2.", False, True),
        (f"{GREEN}. May also be present if Leaf Colour is RED.", False, False),
        (f"{GREEN}. Otherwise may be present if Leaf Colour is RED.", False, False),
        (f"{GREEN} or the guests are thirsty.", False, None),
    ],
)
def test_a_sentence_gives_when_an_attribute_shall_not_be_present(
    sentence: str, *, when_green: Truth, when_red: Truth
) -> None:
    # PS3.5 7.4.2: without "may be present otherwise" it shall not.
    assert (forbidden(sentence, "GREEN"), forbidden(sentence, "RED")) == (when_green, when_red)


def test_one_text_may_forbid_and_require() -> None:
    sentence = (
        "Shall not be present if Number of Cups is 0. Required if Leaf Colour is GREEN. "
        "May be present otherwise."
    )
    assert forbidden(sentence, "RED cups=1") is False
    assert forbidden(sentence, "RED cups=0") is True


def test_notes_and_lists_of_terms_are_not_conditions() -> None:
    html = (
        f"<p>{GREEN}.</p><div><h3>Note</h3><p>Required if Leaf Colour is RED.</p></div>"
        "<dl><dt>RED</dt><dd><p>Required if hot.</p></dd></dl>"
    )
    found = requirement(paragraphs(read_html(Fragment(html))), NAMES)
    assert found.required.truth(Cup("RED")) is False
    assert found.text == f"{GREEN}."


def test_texts_that_were_not_understood_can_be_listed() -> None:
    found = requirement(["Required if Leaf Colour is GREEN and the moon is full."], NAMES)
    assert unknowns(found.required) == ["the moon is full"]


def test_a_sentence_that_only_limits_does_not_require_by_itself() -> None:
    text = ["Only required for iced tea. Required if Leaf Colour (0008,0001) is GREEN."]
    found = requirement(text, NAMES).required
    assert found.truth(Cup("GREEN")) is None
    assert found.truth(Cup("BLACK")) is False


def test_a_condition_is_unmet_where_nothing_that_it_names_is_there() -> None:
    needs = Requirement(Present(1), Constant(value=False), "")
    assert needs.is_unmet(frozenset((2, 3)))
    assert not needs.is_unmet(frozenset((1, 2)))
