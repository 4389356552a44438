"""Editions, and what changed between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.edition import relative_age
from octome.standard.model.page import Link, Page
from octome.standard.model.vocabulary import require_one_of

ChangeKind = Literal["added", "removed", "changed"]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


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
    """False if its store does not exist yet: then only its name is known."""

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


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference between two editions; `before` and `after` are the values that differ."""

    what: ChangeKind
    title: str
    path: str
    before: str | None = None
    after: str | None = None

    def __post_init__(self) -> None:
        require_one_of(CHANGE_KINDS, self.what, "what")


@dataclass(frozen=True, kw_only=True)
class PartChanges:
    """How many sections of one part differ; `path` lists them."""

    part: int
    path: str
    added: int
    removed: int
    changed: int

    @property
    def changes(self) -> int:
        """How many differ at all."""
        return self.added + self.removed + self.changed


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Paragraphs of a section that differ; None on the side that has none there."""

    what: ChangeKind
    before: str | None
    after: str | None

    def __post_init__(self) -> None:
        require_one_of(CHANGE_KINDS, self.what, "what")


@dataclass(frozen=True, kw_only=True)
class EditionDiff(Page):
    """What changed from one edition to another: in all, or in one CIOD or module."""

    older: str
    newer: str
    subject: Link | None
    notes: tuple[str, ...]
    """What the sources of the two leave out, and what cannot be compared for that."""
    ciods: tuple[Change, ...] = ()
    modules: tuple[Change, ...] = ()
    attributes: tuple[Change, ...] = ()
    terms: tuple[Change, ...] = ()
    """Attributes of the data dictionary."""
    parts: tuple[PartChanges, ...] = ()
    """The parts of which both have the text, those without a change too."""
    sections: tuple[Change, ...] = ()
    passages: tuple[Passage, ...] = ()
    """Of one section: the paragraphs that differ."""

    @property
    def has_changes(self) -> bool:
        """Whether anything differs."""
        lists = (self.ciods, self.modules, self.attributes, self.terms, self.sections)
        return any((*lists, self.passages, *(part.changes for part in self.parts)))
