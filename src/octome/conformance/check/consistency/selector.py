"""What selects an attribute: its tag against its keyword, its name and its VR (PS3.3 10.17)."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.item_row import path_in
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# Tags that only these checks use.
SELECTOR_ATTRIBUTE_VR = 0x00720050
SELECTOR_ATTRIBUTE_KEYWORD = 0x00820019
SELECTOR_ATTRIBUTE_NAME = 0x00820018


def selectors(encoded: Encoded) -> Iterator[Disagreement]:
    """Keyword, name and VR are those of the attribute that is selected (PS3.3 10.17)."""
    for ds in encoded.data_set.everywhere(TAG.SelectorAttribute):
        for keyword, found, allowed in _facts(ds):
            if found and allowed and found not in allowed:
                yield Disagreement(
                    code="selector",
                    outcome="warning",  # the dictionary may be newer than the instance
                    path=path_in(ds.place, keyword),
                    message=f"it is {found!r}, but that of the selected attribute, "
                    f"{_tag(ds)}, is {' or '.join(allowed)}",
                    fix="Correct it, or Selector Attribute",
                    section="PS3.3 10.17",
                )


def _facts(ds: DataSet) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each attribute that describes the selected one, its value, and what it may be."""
    from pydicom.datadict import dictionary_description, dictionary_VR, keyword_for_tag

    values = ds.values(TAG.SelectorAttribute)
    tag = values[0] if values and isinstance(values[0], int) else 0
    keyword = keyword_for_tag(tag)
    if not keyword:
        return  # private, or newer than the dictionary
    vrs = tuple(dictionary_VR(tag).split(" or "))
    yield "SelectorAttributeVR", ds.text(SELECTOR_ATTRIBUTE_VR), vrs
    yield "SelectorAttributeKeyword", ds.text(SELECTOR_ATTRIBUTE_KEYWORD), (keyword,)
    name = dictionary_description(tag)
    yield "SelectorAttributeName", ds.text(SELECTOR_ATTRIBUTE_NAME), (name,)


def _tag(ds: DataSet) -> str:
    [value, *_] = ds.values(TAG.SelectorAttribute)
    return f"({value >> 16:04X},{value & 0xFFFF:04X})" if isinstance(value, int) else ""
