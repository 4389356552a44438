"""Search results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.standard.model.page import Page

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
    "template",
    "code",
    "value representation",
    "list",
    "part",
]
HIT_KINDS: tuple[HitKind, ...] = get_args(HitKind)
Marks = tuple[tuple[int, int], ...]
"""Where the matched words are: from each first character to before the second."""


@dataclass(kw_only=True)  # not frozen: those of a search are made in half the time
class Hit:
    """One result: what it is, and its path.

    `kind` is one of `HIT_KINDS`. `editions` is empty if every edition has it. `context` is a line
    of its text, that with the matched words if there is one. `text_edition` is the edition whose
    text that is; empty if it is a list of codes. `title_marks` and `context_marks` are where the
    matched words are.
    """

    kind: str
    title: str
    detail: str
    path: str
    editions: tuple[str, ...]
    context: str = ""
    text_edition: str = ""
    title_marks: Marks = ()
    context_marks: Marks = ()

    def __post_init__(self) -> None:
        if self.kind not in HIT_KINDS:
            raise ValueError(f"a hit of an unknown kind, {self.kind!r}")


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """Search results, the likeliest first.

    `corrected` is the query with results, if the typed one had none. `notes` are about queries
    without a page: the owner of a private element, or a missing number and where it would be.
    `kinds` are all kinds found with their counts, even if `kind` selects one.
    """

    query: str
    corrected: str | None
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    kind: str | None = None
    kinds: tuple[tuple[str, int], ...] = ()
