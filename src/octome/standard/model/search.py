"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.model.page import Page
from octome.standard.model.vocabulary import require_one_of

HitKind = Literal[
    "CIOD",
    "module",
    "macro",
    "attribute",
    "section",
    "SOP class",
    "transfer syntax",
    "uid",
    "context group",
]
HIT_KINDS: tuple[HitKind, ...] = get_args(HitKind)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something found: what it is, and where. `editions` is empty where every edition has it."""

    kind: HitKind
    title: str
    detail: str
    path: str
    editions: tuple[str, ...]

    def __post_init__(self) -> None:
        require_one_of(HIT_KINDS, self.kind, "kind")


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """What a search found, the likeliest first.

    `corrected` is the query that found it, if the one that was typed found nothing.
    """

    query: str
    corrected: str | None
    hits: tuple[Hit, ...]
