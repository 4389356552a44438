"""Rules from the library."""

from __future__ import annotations

import pytest

from octome.conformance.rules.rulebook import Rulebook
from octome.errors import UnknownEdition
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


def test_an_edition_without_a_data_dictionary_is_refused(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Part 7 alone: it has the command elements.
    of_part_7 = [term for term in library.dictionary("2026b") if term.tag < "0008"][:3]
    monkeypatch.setattr(type(library), "dictionary", lambda self, edition: of_part_7)
    with pytest.raises(UnknownEdition, match="part 6 was not fetched"):
        Rulebook(library, "2026b")
