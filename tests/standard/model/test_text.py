"""A piece of text in its two forms."""

from __future__ import annotations

from octome.standard.block import Block, Span
from octome.standard.model.text import Text

TEXT = Text(
    (
        Block(kind="paragraph", words="Frogs < toads.", spans=(Span("strong", 0, 5),)),
        Block(kind="note", detail="Note", words="Both jump."),
    ),
    "2020b",
)


def test_html_is_marked_and_escaped() -> None:
    assert TEXT.html.startswith("<p><strong>Frogs</strong> &lt; toads.</p>")


def test_paragraphs_are_plain_and_without_notes() -> None:
    assert TEXT.paragraphs == ["Frogs < toads."]
