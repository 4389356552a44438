"""Codes in cleaned sequences: their meanings, and which concepts are about people.

PS3.15 E.3.4: content items are kept if their concept is harmless. Here that is a concept which the
library knows, other than those of the observer and of the subject.
"""

from __future__ import annotations

from collections.abc import Callable

from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

# Of the scheme DCM: observers, subjects, their names, ages, identifiers and relations.
ABOUT_PEOPLE = range(121000, 121051)
EXPERIENCE = "C54627"  # of an observer, a number of years


class Codes:
    """The codes of one edition.

    Parameters
    ----------
    meanings : callable
        Every meaning that the Standard gives a code of a scheme.
    """

    ELEMENTS = frozenset({
        TAG.CodeValue, TAG.CodingSchemeDesignator, TAG.CodeMeaning, TAG.LongCodeValue,
        TAG.URNCodeValue,
    })  # fmt: skip
    KEPT = frozenset({TAG.CodeValue, TAG.CodingSchemeDesignator, TAG.CodeMeaning})

    def __init__(self, meanings: Callable[[str, str], frozenset[str]]) -> None:
        self._meanings = meanings
        self._known: dict[tuple[str, str, str], bool] = {}

    def known_elements(self, ds: DataSet) -> frozenset[int]:
        """The elements of a code that stay: all three if its meaning is the Standard's."""
        scheme, value, meaning = (
            ds.text(tag) for tag in (TAG.CodingSchemeDesignator, TAG.CodeValue, TAG.CodeMeaning)
        )
        if not value or not meaning:
            return frozenset()
        triple = (scheme, value, meaning)
        if triple not in self._known:
            self._known[triple] = meaning in self._meanings(scheme, value)
        return self.KEPT if self._known[triple] else frozenset()

    def is_identifying(self, ds: DataSet) -> bool:
        """Whether an item has a concept name about people, or one that is not known."""
        for name in ds.items(TAG.ConceptNameCodeSequence):
            value = name.text(TAG.CodeValue)
            is_about_people = value.isdecimal() and int(value) in ABOUT_PEOPLE
            if is_about_people or value == EXPERIENCE or not self.known_elements(name):
                return True
        return False
