"""How a CIOD uses a module, a macro or a functional group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.functional_group import Placement
from octome.standard.model.page import Link
from octome.standard.model.text import Text
from octome.standard.model.vocabulary import require_one_of

Usage = Literal["M", "C", "U"]
# PS3.3 A.1.3.
USAGES: dict[Usage, str] = {"M": "Mandatory", "C": "Conditional", "U": "User option"}
PLACEMENTS: tuple[Placement, ...] = get_args(Placement)


@dataclass(frozen=True, kw_only=True)
class ModuleUse:
    """A module in a CIOD. `path` is the module's page within the CIOD."""

    id: str
    name: str
    path: str
    usage: Usage
    information_entity: str
    condition: Text | None = None

    def __post_init__(self) -> None:
        require_one_of(USAGES, self.usage, "usage")


@dataclass(frozen=True, kw_only=True)
class FunctionalGroupUse:
    """A functional group macro in a multi-frame CIOD.

    `usage` is None if no edition states it for this CIOD; `usage_edition` is set if it is from
    another edition.
    """

    tag: str
    name: str
    usage: Usage | None
    usage_edition: str | None
    placement: Placement
    condition: Text | None
    macro: Link | None
    paths: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.usage is not None:
            require_one_of(USAGES, self.usage, "usage")
        require_one_of(PLACEMENTS, self.placement, "placement")


@dataclass(frozen=True, kw_only=True)
class MacroInclusion:
    """A macro that a table includes in front of the attribute at the position `before`, from 0.

    The macro's attributes, `attributes` of them, follow as the table's own. There are none where
    the macro is included within itself. `text` is what the table adds, such as a context group.
    """

    macro: Link
    text: Text | None
    before: int
    attributes: int

    @property
    def first_words(self) -> str:
        """The first paragraph that the table adds; empty if it adds none."""
        return next(iter(self.text.paragraphs), "") if self.text else ""


@dataclass(frozen=True)
class CiodUse:
    """A CIOD that uses a module or macro. `path` is the module's page within it."""

    ciod: Link
    path: str
    usage: Usage | None

    def __post_init__(self) -> None:
        if self.usage is not None:
            require_one_of(USAGES, self.usage, "usage")
