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
