"""Queries of the stores that return a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from octome.standard.pages.reader import Reader
from octome.standard.route import unknown_path, words_of
from octome.standard.stores import Stores

Answer = TypeVar("Answer")


def page(
    stores: Stores,
    path: str,
    edition: str | None,
    question: Callable[[Reader, str], Answer | None],
) -> Answer:
    """The page of an edition that a query returns.

    Parameters
    ----------
    path : str
        Where the page is.
    edition : str, optional
        The current one if None.
    question : callable
        Takes a reader and an edition and returns the page, or None.

    Raises
    ------
    UnknownPath
        There is no such page. `details["nearest"]` has the ones that may be meant.
    UnknownEdition
        The library does not have the edition.
    """

    def found(reader: Reader, chosen: str) -> Answer:
        answer = question(reader, chosen)
        if answer is None:
            raise unknown_path(reader, chosen, words_of(path))
        return answer

    return stores.ask(edition, found)
