"""A piece of the Standard's text, with its edition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from octome.standard.block import Block, paragraphs, walk
from octome.standard.model.page import Link


@dataclass(frozen=True)
class Text:
    """A piece of the Standard's text.

    `edition` is the one whose text it is. `place` is set where the edition has the text at another
    place, and none at this one.
    """

    blocks: tuple[Block, ...]
    edition: str
    place: Link | None = None

    @cached_property
    def html(self) -> str:
        """The text as HTML that is safe to show; see `block_html`."""
        from octome.standard.block_html import html_of

        return html_of(self.blocks)

    @property
    def has_values(self) -> bool:
        """Whether it lists values: enumerated values or defined terms."""
        return any(block.kind == "terms" for block in walk(self.blocks))

    @property
    def paragraphs(self) -> list[str]:
        """The words of each paragraph, without notes and lists of terms."""
        return paragraphs(self.blocks)
