"""What all pages in the terminal are written with: columns, headings, texts, links."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from octome.standard.edition import relative_age
from octome.standard.model.value_representation import spelled_vr
from octome.terminal.columns import columns
from octome.terminal.prose import prose
from octome.terminal.style import Style, plain

if TYPE_CHECKING:
    from octome.standard.model.attribute import AttributeUse
    from octome.standard.model.section import Citation
    from octome.standard.model.text import Text
    from octome.standard.model.usage import MacroInclusion


class Sheet:
    """Lines of one width and style."""

    def __init__(self, width: int = 100, style: Style = plain) -> None:
        self.width = width
        self.style = style

    def columns(self, rows: Sequence[Sequence[str]], indent: int = 2) -> Iterator[str]:
        """Rows in columns that fit the width."""
        return columns(rows, self.width, indent)

    def head(self, title: str) -> list[str]:
        """An empty line and a heading."""
        return ["", self.style(title, "head")]

    def text(self, text: Text | None, edition: str, indent: int = 0) -> list[str]:
        """A text; above it the edition and the place that it is borrowed from, if it is."""
        if text is None:
            return []
        lines = prose(text.blocks, self.width, indent)
        if text.place:
            note = f"text of {text.edition}, from {text.place.title}: {text.place.path}"
        elif text.edition != edition:
            note = f"text of {text.edition}"
        else:
            return lines
        if text.edition != edition and text.has_values:
            note += f"; values of {text.edition}, newer ones may exist"
        return [self.style(f"{' ' * indent}[{note}]", "dim"), *lines]

    def condition(
        self, usage: str | None, text: Text | None, edition: str, indent: int
    ) -> list[str]:
        """The condition of what a CIOD uses; in front of it the edition it is borrowed from."""
        if text is None:
            unknown = f"{' ' * indent}condition not known in edition {edition}"
            return [self.style(unknown, "dim")] if usage == "C" else []
        age = relative_age(text.edition, edition)
        mark = f"[condition of {text.edition}{', ' if age else ''}{age}]"
        borrowed = [self.style(" " * indent + mark, "dim")] if text.edition != edition else []
        return [*borrowed, *prose(text.blocks, self.width, indent)]

    def described(self, text: Text | None, edition: str) -> list[str]:
        """A text after an empty line; nothing without a text."""
        return ["", *self.text(text, edition)] if text else []

    def noted(self, words: str) -> list[str]:
        """A remark of octome's after an empty line; nothing without one."""
        lines = textwrap.wrap(words, max(self.width, 40))
        return ["", *(self.style(line, "dim") for line in lines)] if lines else []

    def attributes(self, attributes: Iterable[AttributeUse]) -> list[str]:
        """Attributes by line: tag, type, VR, name; `>` marks a sequence."""
        rows = [
            (
                a.display_tag,
                a.type or "-",
                a.vr,
                a.name
                + (" >" if a.has_items else "")
                + (f"  [if Value Type is {a.value_types}]" if a.value_types else ""),
            )
            for a in attributes
        ]
        return list(self.columns(rows))

    def inclusions(self, includes: tuple[MacroInclusion, ...]) -> list[str]:
        """The macros that a table includes, under their heading."""
        rows = [(one.macro.title, one.macro.path, one.first_words) for one in includes]
        return [*self.head("Included macros"), *self.columns(rows)] if rows else []

    def citations(self, citations: Sequence[Citation]) -> list[str]:
        """What refers to a page, under its heading."""
        if not citations:
            return []
        rows = [(c.what, c.source.title, f"{c.places} x", c.path) for c in citations]
        return [*self.head("Referred to by"), *self.columns(rows)]

    def details(
        self, tag: str, keyword: str, vr: str, vm: str, type_: str | None, *, dictionary: str = ""
    ) -> Iterator[str]:
        """What the dictionary states of an attribute, its type in words, and which one it is."""
        rows = [
            ("Tag", tag),
            ("Type", type_ or ""),
            ("Keyword", keyword),
            ("Value multiplicity", vm),
            ("Value representation", spelled_vr(vr)),
            ("Dictionary", dictionary),
        ]
        return self.columns([row for row in rows if row[1]], 0)

    def url(self, url: str | None) -> list[str]:
        """The address of the official page, if it is known."""
        return ["", self.style(url, "dim")] if url else []
