"""Context groups; the facts are those of PS3.16."""

from __future__ import annotations

import pytest

from octome.errors import UnknownPath
from octome.standard.library import Library


def test_context_group_has_its_codes(library: Library) -> None:
    page = library.context_group(244)
    assert page.title == "Laterality"
    assert {code.meaning for code in page.codes} >= {"Left", "Right"}
    assert page.standard_url.endswith("/sect_CID_244.html")


def test_number_may_be_spelled_as_in_the_standard(library: Library) -> None:
    assert library.at("/context-groups/CID 244") == library.context_group(244)
    with pytest.raises(UnknownPath):
        library.at("/context-groups/x244")


def test_list_counts_the_codes_of_each(library: Library) -> None:
    groups = {group.cid: group for group in library.context_group_index().groups}
    assert list(groups) == sorted(groups)
    for cid in (244, 4271):
        assert groups[cid].codes == len(library.context_group(cid).codes)
