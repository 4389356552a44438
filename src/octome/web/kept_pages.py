"""Rendered pages, kept until an edition changes: the last used ones, in bounded memory."""

from __future__ import annotations

from collections.abc import Hashable

MOST_BYTES = 24_000_000  # some 500 pages


class KeptPages:
    """Rendered pages by what they were rendered for.

    Parameters
    ----------
    most_bytes : int
        Of all pages together. The ones that were not used for the longest time are dropped.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._pages: dict[Hashable, bytes] = {}

    def find(self, key: Hashable) -> bytes | None:
        """A kept page; None if there is none."""
        page = self._pages.pop(key, None)
        if page is not None:
            self._pages[key] = page  # the last one used
        return page

    def keep(self, key: Hashable, page: bytes) -> None:
        """Keep a page, if it fits."""
        if len(page) > self._most_bytes:
            return
        self._drop(key)
        self._pages[key] = page
        self._bytes += len(page)
        while self._bytes > self._most_bytes:
            self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Drop all."""
        self._pages.clear()
        self._bytes = 0

    def _drop(self, key: Hashable) -> None:
        self._bytes -= len(self._pages.pop(key, b""))
