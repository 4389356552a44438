"""What things are found by besides their words."""

from __future__ import annotations

import sqlite3

from octome.standard.compile.find_keys import (
    keys_of_section,
    keys_of_tables,
    keys_of_values,
    short_names_of,
)
from octome.standard.library import Library


def test_module_is_found_by_its_section_and_table(
    library: Library, database: sqlite3.Connection
) -> None:
    keys = keys_of_tables(database)
    assert {"sec:c.7.6.2", "table:c.7-10"} <= keys["/modules/image-plane"]
    assert "sec:c.7.3.1" in keys["/modules/general-series"]
    # The official edition has it on the page of the section above.
    assert "sec:c.7.6.16.2.1" in keys["/macros/pixel-measures"]
    assert library.search("C.7.6.2").hits[0].path == "/modules/image-plane"


def test_template_is_found_by_its_number() -> None:
    assert "tid:300" in keys_of_section("PS3.16-TID_300")


def test_short_name_is_of_the_first_target() -> None:
    assert short_names_of({"f": ("frog", "pond")}) == {"frog": ["f"]}


def test_value_in_the_section_of_an_attribute_is_a_value_of_it(
    database: sqlite3.Connection,
) -> None:
    # PS3.3 C.7.3.1.1.2 lists the values of Patient Position.
    keys = keys_of_values(database)
    assert "value:hfs" in keys["00185100"]
    assert "value:hfs" not in keys["00080060"]
