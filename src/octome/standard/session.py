"""The store while it is open: it answers questions, and is compiled again if it is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from octome.errors import StoreUnavailable
from octome.standard.pages.reader import Reader
from octome.standard.progress import Notify, Progress
from octome.standard.route import unknown_path, words_of
from octome.standard.store import open_store

Answer = TypeVar("Answer")


class Session:
    """An open store.

    Parameters
    ----------
    store_path : Path, optional
        Where the store is, if not in the user's cache folder.
    """

    def __init__(self, store_path: Path | None, *, progress: Progress, notify: Notify) -> None:
        self.store_path, self._progress, self._notify = store_path, progress, notify
        self._reader = self._open()

    def _open(self, rebuild: str | None = None) -> Reader:
        return Reader(
            open_store(
                self.store_path, progress=self._progress, notify=self._notify, rebuild=rebuild
            )
        )

    def close(self) -> None:
        """Close the store."""
        self._reader.db.close()

    def page(
        self,
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

        def found(reader: Reader) -> Answer:
            chosen = reader.edition(edition)
            answer = question(reader, chosen)
            if answer is None:
                raise unknown_path(reader, chosen, words_of(path))
            return answer

        return self.ask(found)

    def ask(self, question: Callable[[Reader], Answer]) -> Answer:
        """The answer to a question; a store that turns out to be damaged is compiled again.

        Raises
        ------
        StoreUnavailable
            It cannot be read, not even when it is new.
        """
        try:
            return question(self._reader)
        except sqlite3.ProgrammingError:
            raise  # it has been closed
        except sqlite3.DatabaseError as error:
            reason = f"the store is damaged ({error})"
        self._reader.db.close()
        self._reader = self._open(reason)
        try:
            return question(self._reader)
        except sqlite3.DatabaseError as error:
            raise StoreUnavailable(f"cannot read the Standard: {error}") from error
