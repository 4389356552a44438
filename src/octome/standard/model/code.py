"""A single code: its meaning, and the context groups that list it."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.model.page import Link, Page
from octome.standard.model.text import Text


@dataclass(frozen=True, kw_only=True)
class CodeUse:
    """A context group that lists a code, with the `meaning` that it gives."""

    cid: int
    name: str
    path: str
    meaning: str


@dataclass(frozen=True)
class CodeInTemplate:
    """A template that names a code, and the numbers of the rows that do."""

    template: Link
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CodePage(Page):
    """A code of a coding scheme, such as `121071` of `DCM`; its title is its meaning.

    `definition` and `notes` are those of PS3.16 Annex D, where the edition has it and the code.
    `dictionary` is the edition that the context groups are of, in words.
    """

    scheme: str
    value: str
    definition: Text | None
    notes: Text | None
    groups: tuple[CodeUse, ...]
    included_in: tuple[Link, ...]
    """The groups that have it because they include one of `groups`."""
    templates: tuple[CodeInTemplate, ...]
    dictionary: str
    standard_url: str | None


@dataclass(frozen=True, kw_only=True)
class CodeSummary:
    """One line of the list of codes."""

    scheme: str
    value: str
    meaning: str
    path: str


@dataclass(frozen=True, kw_only=True)
class CodeIndex(Page):
    """One page of the codes that context groups, templates and PS3.16 Annex D have.

    `schemes` are all coding schemes with the number of their codes; `scheme` and `words` are what
    the list is narrowed to, or empty. `count` is how many codes there are then, `number` the page
    that is shown of `pages`, from 1.
    """

    dictionary: str
    schemes: tuple[tuple[str, int], ...]
    scheme: str
    words: str
    count: int
    number: int
    pages: int
    codes: tuple[CodeSummary, ...]
