"""What is to be made: a CIOD, by whatever people call it, and which of its SOP Classes."""

from __future__ import annotations

from octome.conformance.rulebook import Rulebook
from octome.conformance.sop_class import UNLISTED
from octome.errors import UnknownPath
from octome.standard.model import CiodPage


def sop_class_of(book: Rulebook, ciod: str, asked: str | None = None) -> str:
    """The UID of the SOP Class that an instance of a CIOD is of.

    Raises
    ------
    UnknownPath
        The CIOD has no such SOP Class.
    """
    page = book.library.at(f"/ciods/{ciod}", book.edition)
    listed = (
        sorted(page.sop_classes, key=lambda one: one.is_retired)
        if isinstance(page, CiodPage)
        else []
    )
    known = [one.uid for one in listed] or [uid for uid, id_ in UNLISTED.items() if id_ == ciod]
    if asked is None and known:
        return known[0]
    if asked in known:
        return asked or ""
    raise UnknownPath(
        f"{ciod} has no SOP Class {asked}; it has {', '.join(known) or 'none'}",
        path=f"/ciods/{ciod}",
    )


def newest_id(book: Rulebook, ciod: str) -> str:
    """What the newest edition that has a CIOD calls it."""
    page = book.library.at(f"/ciods/{ciod}", book.edition)
    elsewhere = page.elsewhere if isinstance(page, CiodPage) else ()
    names = {book.edition: ciod, **{edition: link.path.rpartition("/")[2] for edition, link in elsewhere}}
    return next(names[edition] for edition in book.library.editions if edition in names)
