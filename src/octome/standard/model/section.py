"""Sections, and what refers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.model.history import History
from octome.standard.model.page import Link, Page
from octome.standard.model.text import Text
from octome.standard.model.vocabulary import require_one_of

CitingKind = Literal["module", "macro", "section", "template"]
CITING_KINDS: tuple[CitingKind, ...] = get_args(CitingKind)


@dataclass(frozen=True, kw_only=True)
class SectionText:
    """A complete section."""

    number: str
    title: str
    path: str
    text: Text
    standard_url: str


@dataclass(frozen=True)
class Citation:
    """A table, section or template that refers to something with a page, and its nearest place."""

    source: Link
    what: CitingKind
    places: int
    path: str

    def __post_init__(self) -> None:
        require_one_of(CITING_KINDS, self.what, "what")


@dataclass(frozen=True, kw_only=True)
class SectionPage(Page):
    """A section with what refers to it, and its neighbours.

    `template` is the same as data, where the section is that of a template.
    """

    section: SectionText
    template: Link | None
    history: History | None
    """Over the editions at hand; None where only one is known."""
    cited_by: tuple[Citation, ...]
    above: tuple[Link, ...]
    """The sections that it is in, the outermost first."""
    before: Link | None
    after: Link | None
    """Its neighbours in the order of reading."""
    below: tuple[Link, ...]
    """The nearest sections within it."""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter or annex of a part with the nearest sections within it.

    `path` is empty where only sections of it are here.
    """

    title: str
    path: str
    sections: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class PartSummary:
    """A part of the Standard, and how much of its text an edition has here.

    `about` is in octome's words. `text_edition` is the edition whose sections are here: the nearest
    older one with text where the edition itself has none; empty where no section is here. `missing`
    is what is not here and how to get it; empty where the part is whole. `whole_in` are the
    compiled editions that have all of it.
    """

    number: int
    title: str
    about: str
    path: str
    is_retired: bool
    sections: int
    text_edition: str
    missing: str
    whole_in: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PartPage(Page):
    """A part of the Standard with its chapters; without any where its text is not here.

    `lists` are the pages that have some of it as data. `standard_url` is None for a retired part.
    """

    part: PartSummary
    lists: tuple[Link, ...]
    chapters: tuple[Chapter, ...]
    standard_url: str | None


@dataclass(frozen=True, kw_only=True)
class PartOutline:
    """A part in the list of all sections, with its chapters."""

    part: PartSummary
    chapters: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class SectionIndex(Page):
    """Every part of the Standard, with the chapters that are here."""

    parts: tuple[PartOutline, ...]
