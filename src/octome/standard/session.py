"""Questions to the stores that are answered with a page."""

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
    """The page of an edition that a question is about.

    Parameters
    ----------
    path : str
        Where the page is.
    edition : str, optional
        The current one if left out.
    question : callable
        From a reader and an edition to the page; None where there is none.

    Raises
    ------
    UnknownPath
        There is none. `details["nearest"]` holds those that may have been meant.
    UnknownEdition
        There is no such edition.
    """

    def found(reader: Reader, chosen: str) -> Answer:
        answer = question(reader, chosen)
        if answer is None:
            raise unknown_path(reader, chosen, words_of(path))
        return answer

    return stores.ask(edition, found)
