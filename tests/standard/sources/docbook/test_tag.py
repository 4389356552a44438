"""Names of DocBook's elements."""

from __future__ import annotations

import pytest
from lxml import etree

from octome.standard.sources.docbook.tag import is_section, name_of


@pytest.mark.parametrize(
    ("xml", "is_one"),
    [
        ("<section/>", True),
        ("<appendix/>", True),
        ('<glossdiv xml:id="sect_3.1"/>', True),
        ("<glossdiv/>", False),
        ('<table xml:id="table_1"/>', False),
    ],
)
def test_what_has_a_place_among_the_sections(xml: str, is_one: bool) -> None:
    root = etree.fromstring(f'<book xmlns="http://docbook.org/ns/docbook">{xml}</book>')
    assert is_section(root[0]) == is_one


def test_a_comment_has_no_name() -> None:
    assert [name_of(each) for each in etree.fromstring("<a><!-- b --><c/></a>")] == ["", "c"]
