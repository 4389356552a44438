"""Editions: where each is from, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.edition import relative_age
from octome.standard.model.page import Link, Page


@dataclass(frozen=True, kw_only=True)
class EditionSummary:
    """An edition in the store, its source and its size."""

    id: str
    title: str
    source: str
    dictionary: str
    note: str
    has_text: bool
    is_current: bool
    ciods: int
    modules: int
    attributes: int
    text_edition: str | None = None
    """The edition whose text it borrows, if it does; its own name is less sure then."""
    is_compiled: bool = True
    """False if its store does not exist yet: then only its origin and its parts are known."""

    @property
    def spelled_text(self) -> str:
        """Where its text is from."""
        if self.has_text:
            return "Its own"
        if self.text_edition is None:
            return "None"
        age = relative_age(self.text_edition, self.id)
        return (
            f"Borrowed from {self.text_edition}{f', {age}' if age else ''}; marked where it is read"
        )


@dataclass(frozen=True, kw_only=True)
class EditionIndex(Page):
    """The editions in the store, the current one first, and the pairs that can be compared."""

    editions: tuple[EditionSummary, ...]
    comparisons: tuple[Link, ...]
