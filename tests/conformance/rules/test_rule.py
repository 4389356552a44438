"""Rules of invented attributes, from lines of the store."""

from __future__ import annotations

import pytest

from octome.conformance.rules.condition.expression import Constant, Present, Unknown
from octome.conformance.rules.condition.requirement import Requirement
from octome.conformance.rules.rule import AttributeRule, CiodRule, LevelRule, ModuleRule
from octome.conformance.rules.value_rule import Terms, ValueRule
from octome.standard.model.attribute import AttributeType
from octome.standard.model.text import Text
from octome.standard.pages.stored import StoredLine
from octome.standard.stated import Stated

CUPS = 0x00080002
NEVER = Constant(value=False)
IF_CUPS = Requirement(Present(CUPS), NEVER, "Required if there are cups")
COLOURS = ValueRule((Terms(True, ("GREEN", "BLACK"), None, None),))


class TeaBook:
    """A rulebook in which every text requires cups and lists two colours."""

    edition = "2026b"

    def level(self, number: int | None, _parent: AttributeRule | None = None) -> LevelRule:
        return LevelRule([rule("00080009", "1")] if number else [])

    def text(self, _number: int | None) -> Text | None:
        return None

    def stated(self, _number: int | None) -> Stated | None:
        return None

    def requirement(self, _number: int | None) -> Requirement:
        return IF_CUPS

    def values(self, _number: int | None, _name: str) -> ValueRule:
        return COLOURS

    def is_about(self, _number: int | None, siblings: frozenset[int]) -> bool:
        return CUPS in siblings

    def codes(self, _cid: int) -> frozenset[tuple[str, str]]:
        return frozenset()


def rule(
    tag: str,
    type_: AttributeType | None,
    *,
    place: str | None = None,
    items: int | None = None,
    siblings: frozenset[int] = frozenset(),
) -> AttributeRule:
    line = StoredLine(
        tag=tag,
        type=type_,
        text=1,
        place=place,
        value_types=None,
        items=items,
        keyword="LeafColour",
        name="Leaf Colour",
        vr="US or SS",
        vm="1-n",
    )
    return AttributeRule(TeaBook(), line, siblings)


def module(usage: str, *rules: AttributeRule) -> ModuleRule:
    return ModuleRule(
        name="Tea",
        usage=usage,
        path="/modules/tea",
        section="PS3.3 C.99",
        level=LevelRule(list(rules)),
        requirement=IF_CUPS,
        edition="2026b",
    )


@pytest.mark.parametrize(
    ("type_", "is_required", "is_conditional", "needs_value"),
    [
        ("1", True, False, True),
        ("1C", True, True, True),
        ("2", True, False, False),
        ("2C", True, True, False),
        ("3", False, False, False),
        (None, False, False, False),
    ],
)
def test_the_type_of_an_attribute_gives_its_requirement(
    type_: AttributeType | None, is_required: bool, is_conditional: bool, needs_value: bool
) -> None:
    found = rule("00080001", type_)
    assert found.is_required is is_required
    assert found.is_conditional is is_conditional
    assert found.needs_value is needs_value


def test_a_line_of_the_store_is_split_into_values() -> None:
    found = rule("00080001", "1")
    assert (found.tag, found.tag_id) == (0x00080001, "00080001")
    assert found.vrs == ("US", "SS")
    assert found.vm[0] == 1


def test_a_repeating_group_is_required_only_if_present() -> None:
    level = LevelRule([rule("60xx0010", "1"), rule("00080001", "1"), rule("00080003", "3")])
    assert level.repeating.keys() == {0x60000010}
    assert [tag for tag, _ in level.demanded] == [0x00080001]
    assert level.tags == {0x60000010, 0x00080001, 0x00080003}


def test_an_attribute_of_several_macros_has_alternatives() -> None:
    level = LevelRule([rule("00080001", "3"), rule("00080001", "1")])
    assert [one.type for one in level.rules[0x00080001]] == ["3", "1"]
    assert [tag for tag, _ in level.demanded] == [0x00080001]


def test_a_borrowed_condition_applies_only_among_the_attributes_that_it_names() -> None:
    here = rule("00080001", "1C", place="/modules/other", siblings=frozenset({CUPS}))
    assert here.requirement == IF_CUPS
    elsewhere = rule("00080001", "1C", place="/modules/other")
    assert elsewhere.requirement.required == Unknown(IF_CUPS.text)
    assert elsewhere.requirement.forbidden == Unknown(IF_CUPS.text)


def test_a_borrowed_list_of_values_is_a_hint() -> None:
    own, borrowed = rule("00080001", "1"), rule("00080001", "1", place="/modules/other")
    assert own.values == COLOURS
    assert (borrowed.values, borrowed.hints) == (ValueRule(), COLOURS)


def test_the_items_of_a_sequence_have_rules() -> None:
    assert rule("00080001", "1", items=7).items.tags == {0x00080009}
    assert not rule("00080001", "1").has_items


@pytest.mark.parametrize(
    ("usage", "type_", "is_demanded"),
    [("M", "1", True), ("M", "1C", None), ("M", "2", None), ("U", "1", None), ("M", "3", False)],
)
def test_a_ciod_requires_type_1_attributes_of_a_mandatory_module(
    usage: str, type_: AttributeType, is_demanded: bool | None
) -> None:
    ciod = CiodRule(
        id="tea",
        title="Tea",
        kind="image",
        modules=(module(usage, rule("00080001", type_)),),
        groups={},
    )
    assert ciod.demands(0x00080001) is is_demanded
    assert ciod.demands(CUPS) is False


def test_an_attribute_belongs_to_all_modules_that_have_it() -> None:
    modules = (module("M", rule("00080001", "1")), module("U", rule("00080001", "3")))
    ciod = CiodRule(id="tea", title="Tea", kind="image", modules=modules, groups={})
    assert [one.usage for one in ciod.root_tags[0x00080001]] == ["M", "U"]


def test_what_may_always_be_present_with_any_value_is_lenient() -> None:
    level = LevelRule(
        [
            rule("00080001", "3", place="/modules/other"),
            rule("00080003", "1", place="/modules/other"),
            rule("00080004", "3"),  # has a list of values
            rule("00080005", "1C", place="/modules/other"),
        ]
    )
    assert level.lenient(level.tags) == ({0x00080001, 0x00080003}, {0x00080003})
