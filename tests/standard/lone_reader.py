"""A reader of one store that is the only one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from octome.standard.pages.reader import Reader


class OnlyStore:
    """Stores of which there is one."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._reader = Reader(db, self)

    @property
    def editions(self) -> tuple[str, ...]:
        return self._reader.own_editions

    @property
    def current(self) -> str:
        return self._reader.own_editions[0]

    def edition(self, requested: str | None) -> str:
        return requested or self.current

    def reader(self, edition: str) -> Reader:
        return self._reader

    def ready(self) -> Iterator[Reader]:
        yield self._reader

    @property
    def unread(self) -> Mapping[str, str]:
        return {}


def lone_reader(db: sqlite3.Connection) -> Reader:
    """A reader of a store."""
    return OnlyStore(db).reader("")
