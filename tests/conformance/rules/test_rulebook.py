"""Rules from the library."""

from __future__ import annotations

from octome.conformance.rules.rulebook import Rulebook
from octome.standard.library import Library


def test_the_section_of_an_attributes_name_gives_its_values(library: Library) -> None:
    # PS3.3 C.7.4.2 refers to C.7.3.1.1.1 "Modality" for the terms of that attribute.
    book = Rulebook(library, "2020b")
    (rule,) = book.ciod("ct-image").root_tags[0x00080060][0].level.rules[0x00080060]
    assert not library.stated(rule._line.text or 0).value_lists
    (terms,) = rule.values.terms
    assert {"CT", "MR", "OPT"} <= set(terms.values)
    assert not terms.is_closed
    assert book.values(rule._line.text, "Colour of Tea").terms == ()
