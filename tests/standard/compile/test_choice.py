"""Which Value Types of a Content Item each attribute is for."""

from __future__ import annotations

from octome.standard.compile.choice import CONTINUITY_OF_CONTENT, VALUE_TYPE, value_types

# PS3.3 Table C.17-5.
TEXT_VALUE, REFERENCED_SOP, GRAPHIC_DATA, PERSON = "0040a160", "00081199", "00700022", "00400001"
CONTENT_ITEM = (VALUE_TYPE, CONTINUITY_OF_CONTENT)


def test_what_is_not_a_content_item_has_no_choice() -> None:
    assert value_types([TEXT_VALUE, REFERENCED_SOP]) == [None, None]


def test_attribute_of_one_macro_is_for_its_value_type() -> None:
    assert value_types([*CONTENT_ITEM, TEXT_VALUE, PERSON]) == [None, "CONTAINER", "TEXT", None]


def test_attribute_of_several_macros_written_once_is_for_all_of_theirs() -> None:
    assert value_types([*CONTENT_ITEM, GRAPHIC_DATA])[2] == "SCOORD or SCOORD3D"


def test_attribute_written_once_for_each_macro_is_for_one_each_in_the_order_of_the_table() -> None:
    assert value_types([*CONTENT_ITEM, GRAPHIC_DATA, GRAPHIC_DATA])[2:] == ["SCOORD", "SCOORD3D"]
