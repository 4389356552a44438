"""Context groups and their codes."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.model.page import Page
from octome.standard.model.section import Citation


@dataclass(frozen=True)
class Code:
    """A coded concept."""

    scheme: str
    value: str
    meaning: str


@dataclass(frozen=True)
class ContextGroupSummary:
    """One line of the list of context groups."""

    cid: int
    name: str
    path: str
    codes: int


@dataclass(frozen=True, kw_only=True)
class ContextGroupIndex(Page):
    """The context groups of PS3.16."""

    groups: tuple[ContextGroupSummary, ...]


@dataclass(frozen=True, kw_only=True)
class ContextGroupPage(Page):
    """A context group with its codes, and the attributes whose text names it."""

    cid: int
    codes: tuple[Code, ...]
    dictionary: str
    cited_by: tuple[Citation, ...]
    standard_url: str
