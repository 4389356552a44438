"""Context groups and their codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.model.history import History
from octome.standard.model.page import Link, Page
from octome.standard.model.section import Citation
from octome.standard.model.text import Text
from octome.standard.model.vocabulary import require_one_of

Expansion = Literal["expanded", "listed already", "absent"]
EXPANSIONS: tuple[Expansion, ...] = get_args(Expansion)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCode:
    """A coded concept in a context group; `included_from` is the included group that lists it.

    `meaning` is empty where the Standard gives none.
    """

    scheme: str
    value: str
    meaning: str
    path: str
    included_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupInclusion:
    """A group that another one, `by`, includes before the code at the position `before`, from 0.

    `name` and `path` are empty where the group is absent. One that is listed already, such as the
    group itself, is not expanded again: `codes` is then 0.
    """

    cid: int
    name: str
    path: str
    by: int
    before: int
    codes: int
    expansion: Expansion

    def __post_init__(self) -> None:
        require_one_of(EXPANSIONS, self.expansion, "expansion")


@dataclass(frozen=True, slots=True)
class GroupResumed:
    """A line between codes: from here on they are again those that a group lists itself."""

    cid: int


@dataclass(frozen=True, kw_only=True)
class ContextGroupSummary:
    """One line of the list of context groups; `codes` counts those of included groups too."""

    cid: int
    name: str
    path: str
    codes: int
    is_extensible: bool | None


@dataclass(frozen=True, kw_only=True)
class ContextGroupIndex(Page):
    """The context groups of PS3.16; `dictionary` is the edition that they are of, in words."""

    groups: tuple[ContextGroupSummary, ...]
    dictionary: str


@dataclass(frozen=True, kw_only=True)
class ContextGroupPage(Page):
    """A context group with its codes, and the attributes whose text names it.

    `uid` and `version`, a date of eight digits, are empty where they are not known, and
    `is_extensible` is None then.
    """

    cid: int
    uid: str
    version: str
    is_extensible: bool | None
    notes: Text | None
    """What the Standard states about it, apart from its codes."""
    codes: tuple[GroupCode, ...]
    """In order, those of included groups in their place."""
    includes: tuple[GroupInclusion, ...]
    included_by: tuple[Link, ...]
    is_in_standard_order: bool
    """If not, codes are sorted, and codes of included groups are not marked."""
    dictionary: str
    history: History | None = None
    """Over the editions at hand."""
    cited_by: tuple[Citation, ...]
    standard_url: str

    @property
    def is_complete(self) -> bool:
        """Whether every group that it includes is available."""
        return all(each.expansion != "absent" for each in self.includes)

    @property
    def lines(self) -> tuple[GroupCode | GroupInclusion | GroupResumed, ...]:
        """Codes and inclusions in order; a line where the codes of an included group are over."""
        found: list[GroupCode | GroupInclusion | GroupResumed] = []
        waiting = list(reversed(self.includes))
        listing: int | None = None
        for at, code in enumerate(self.codes):
            while waiting and waiting[-1].before == at:
                found.append(waiting[-1])
                listing = waiting.pop().cid
            if code.included_from != listing:
                listing = code.included_from
                found.append(GroupResumed(listing or self.cid))
            found.append(code)
        return (*found, *reversed(waiting))
