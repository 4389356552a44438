"""What to build: a CIOD, by any name that people use, and one of its SOP Classes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.rules.sop_class import UNLISTED
from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.model.ciod import CiodPage

UID = re.compile(r"\d+(?:\.\d+)+")


@dataclass(frozen=True)
class Target:
    """A CIOD, and the SOP Class if the user named one."""

    ciod: str
    sop_class: str | None = None


def target_named(book: Rulebook, words: str) -> Target:
    """The CIOD that a text names.

    Parameters
    ----------
    book : Rulebook
        The rules of the edition to search.
    words : str
        A CIOD's id (of any edition) or name, or a SOP Class's UID or name.

    Raises
    ------
    UnknownPath
        The edition has no such name; `details["nearest"]` has the most similar ones.
    """
    library, name = book.library, words.strip().casefold()
    if UID.fullmatch(name):
        return _of_sop_class(book, name)
    ciods = library.ciods(book.edition)
    for ciod in ciods:
        if name in (ciod.id, ciod.name.casefold()):
            return Target(ciod.id)
    renamed = library.counterpart(f"/ciods/{name}", book.edition).rpartition("/")[2]
    if renamed in {ciod.id for ciod in ciods}:
        return Target(renamed)
    for uid, title in _sop_classes(library, book.edition):
        if name in (title, title.removesuffix(" storage")):
            return _of_sop_class(book, uid)
    raise _unknown(book, words)


def sop_class_of(book: Rulebook, ciod: str, requested: str | None = None) -> str:
    """The UID of the SOP Class for an instance of a CIOD.

    Raises
    ------
    UnknownPath
        The CIOD does not have the SOP Class.
    """
    page = _page(book, ciod)
    # The first one was registered first, and is the one that people mean.
    by_age = sorted(page.sop_classes, key=lambda one: (one.is_retired, len(one.uid), one.uid))
    listed = [one.uid for one in by_age]
    listed = listed or [uid for uid, id_ in UNLISTED.items() if id_ == ciod]
    if requested is None and listed:
        return listed[0]
    if requested in listed:
        return str(requested)
    raise UnknownPath(
        f"{page.title} has no SOP Class {requested}; it has {', '.join(listed) or 'none'}",
        path=page.path,
        edition=book.edition,
    )


def newest_id(book: Rulebook, ciod: str) -> str:
    """The id of a CIOD in the newest edition that has it."""
    names = {edition: link.path.rpartition("/")[2] for edition, link in _page(book, ciod).elsewhere}
    names[book.edition] = ciod
    return next(names[edition] for edition in book.library.editions if edition in names)


def _page(book: Rulebook, ciod: str) -> CiodPage:
    return book.library.ciod(ciod, book.edition)


def _of_sop_class(book: Rulebook, uid: str) -> Target:
    rule = book.ciod_of(uid)
    if rule is None:
        raise UnknownPath(
            f"{uid} is not a SOP Class that stores a CIOD of edition {book.edition}",
            path=f"/sop-classes/{uid}",
            edition=book.edition,
        )
    return Target(rule.id, uid)


def _sop_classes(library: Library, edition: str) -> list[tuple[str, str]]:
    """UIDs and folded names of all SOP Classes."""
    page = library.uid_index(edition, "sop-classes")
    return [(entry.uid, entry.name.casefold()) for entry in page.uids]


def _unknown(book: Rulebook, words: str) -> UnknownPath:
    """An error with the CIODs whose names are nearest to some words."""
    path = "/ciods/" + (words.strip().replace("/", " ") or "-")
    nearest: object = []
    try:
        book.library.at(path, book.edition)
    except UnknownPath as error:
        nearest = error.details.get("nearest", [])
    return UnknownPath(
        f"{words!r} is not a CIOD of edition {book.edition}, nor a SOP Class that stores one",
        path=path,
        edition=book.edition,
        nearest=nearest,
    )
