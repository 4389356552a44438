"""Captions of tables as they are compared: without what some editions add to them."""

from __future__ import annotations

import re

from lxml import etree

from octome.standard.sources.docbook.part import title_of

LABEL = re.compile(r"Table [A-Z0-9][\w.-]*\w[.:]? (?=\S)")
CONTINUED = re.compile(r"\s*(?:\((?:continued|cont\.?|concluded)\)|\.)\s*$", re.IGNORECASE)


def plain_caption(words: str) -> str:
    """A caption without its number, `(continued)` and a full stop.

    Examples
    --------
    >>> plain_caption("Table C.1-1. Frog Module Attributes (continued)")
    'Frog Module Attributes'
    """
    label = LABEL.match(words)
    return CONTINUED.sub("", words[label.end() :] if label else words)


def caption_or_title(table: etree._Element) -> str:
    """The caption of a table; the title of its section if it has none."""
    section = table.getparent()
    found = title_of(table) or ("" if section is None else title_of(section))
    return plain_caption(found)
