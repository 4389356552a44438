"""What every page has, and the links between pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the Standard: its path, its edition, and its title.

    A path begins with a slash and does not contain the edition.
    """

    path: str
    edition: str
    title: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page's path and title."""

    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A page one step below another, as a tree shows it.

    `mark` is a module's usage or an attribute's type, `group` the heading that siblings share,
    `short` its short names: `ct cat`; `repeats` is true of an attribute that a
    sequence holds again from a level above.
    """

    path: str
    title: str
    mark: str = ""
    tag: str = ""
    vr: str = ""
    detail: str = ""
    group: str = ""
    short: str = ""
    repeats: bool = False
    has_items: bool = False
