"""How something changed over the editions at hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Editions at hand, one after the other, in which something is the same.

    `state` is what it is in them, such as `Type 3` or `retired`, empty where only its being there
    counts; None where they do not have it.
    """

    first: str
    last: str
    state: str | None


@dataclass(frozen=True, kw_only=True)
class History:
    """The stages of something, the oldest first, and the same in words.

    `editions` are those that were compared; others between them are not at hand, and a change may
    have come with one of those. In `not_known` the source does not tell; those of `not_compiled`
    are at hand and were not looked at, as that takes seconds: each is compiled when it is first
    opened.
    """

    editions: tuple[str, ...]
    stages: tuple[Stage, ...]
    words: str
    not_known: tuple[str, ...] = ()
    not_compiled: tuple[str, ...] = ()
