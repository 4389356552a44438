"""The words that the Standard itself uses in the names of attributes and the meanings of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.standard.pages.reader import Reader

WORD = re.compile(r"[^\W\d_]+")


def vocabulary(reader: Reader, edition: str) -> frozenset[str]:
    """Each word of a name or a meaning, folded; none of them was written about a person."""
    return frozenset(
        word.casefold() for (name,) in _names(reader, edition) for word in WORD.findall(name)
    )


def _names(reader: Reader, edition: str) -> Iterator[tuple[str]]:
    yield from reader.rows("SELECT name FROM term WHERE edition = ?", edition)
    yield from reader.rows("SELECT DISTINCT meaning FROM code")
    yield from reader.rows("SELECT DISTINCT meaning FROM code_definition")
