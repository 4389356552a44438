"""Tables of PS3.3 in the official shape, about frogs and tea, for tests."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

ATTRIBUTES = ("Attribute Name", "Tag", "Type", "Attribute Description")


def text_cell(words: str, element: str = "td", columns: int = 1, rows: int = 1) -> str:
    """A cell with a paragraph. Words with markup begin with a `<`."""
    inside = words if words.startswith("<") else escape(words)
    return f'<{element} colspan="{columns}" rowspan="{rows}"><para>{inside}</para></{element}>'


def table(label: str, caption: str, head: Iterable[str], rows: Iterable[str]) -> str:
    """A table; each row is its cells."""
    return (
        f'<table frame="box" label="{label}" rules="all" xml:id="table_{label}">'
        f"<caption>{escape(caption)}</caption>"
        f"<thead><tr>{''.join(text_cell(words, 'th') for words in head)}</tr></thead>"
        f"<tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"
    )


def cells(*words: str) -> str:
    """A row of a cell for each text."""
    return "".join(map(text_cell, words))


def include(marks: str, label: str, adds: str = "") -> str:
    """A row that includes a macro."""
    link = f'<xref linkend="table_{label}" xrefstyle="select: label quotedtitle"/>'
    words = f'<emphasis role="italic">{escape(marks)}Include {link}</emphasis>'
    return text_cell(words, columns=3) + text_cell(adds)


def reference(label: str) -> str:
    """A link to a section as its number."""
    return f'<xref linkend="sect_{label}" xrefstyle="select: labelnumber"/>'
