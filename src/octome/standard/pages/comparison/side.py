"""The two editions of a comparison, and what can be compared of them."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.edition import NAME, edition_key
from octome.standard.pages.newer import attributes_not_known
from octome.standard.pages.reader import Reader

TABLES = "SELECT 1 FROM attribute_table WHERE edition = ? LIMIT 1"
MACROS = "SELECT 1 FROM attribute_table WHERE edition = ? AND path LIKE '/macros/%' LIMIT 1"
LINES = (
    "SELECT 1 FROM attribute_table t WHERE t.edition = ? "
    "AND EXISTS (SELECT 1 FROM line WHERE level = t.level) LIMIT 1"
)
TERMS = "SELECT 1 FROM term WHERE edition = ? AND vr <> '' AND NOT tag GLOB '0000*' LIMIT 1"
COMMANDS = "SELECT 1 FROM term WHERE edition = ? AND tag GLOB '0000*' LIMIT 1"
TEMPLATES = "SELECT 1 FROM template WHERE edition = ? LIMIT 1"
PROTECTED = "SELECT 1 FROM protected_attribute WHERE edition = ? LIMIT 1"


class Side(NamedTuple):
    """One of the two editions, with the reader of its store."""

    reader: Reader
    edition: str

    def has(self, query: str) -> bool:
        """Whether a query about the edition has a row."""
        return self.reader.row(query, self.edition) is not None

    def covers(self, path: str) -> bool:
        """Whether its source has what is at a path, if the edition has it."""
        query = "SELECT 1 FROM not_covered WHERE edition = ? AND path = ?"
        return self.reader.row(query, self.edition, path) is None

    @property
    def has_text(self) -> bool:
        """Whether its source has the Standard's text."""
        return bool(self.reader.row("SELECT has_text FROM edition WHERE id = ?", self.edition)[0])

    @property
    def known_tags(self) -> frozenset[str] | None:
        """The only tags that its source may have; None where it has lost none."""
        return self.reader.known_tags.get(self.edition)


def has_tables(side: Side, path: str) -> bool:
    """Whether the source of an edition has modules, or macros: those that a path is among."""
    return side.has(MACROS if path.startswith("/macros/") else TABLES)


class Sides(NamedTuple):
    """The two editions."""

    before: Side
    after: Side

    def lacking(self, query: str) -> list[str]:
        """The editions in which a query has no row."""
        return [side.edition for side in self if not side.has(query)]


def not_comparable(sides: Sides, of: tuple[str, str]) -> str:
    """Why registers of some editions do not show what changed; empty where they do.

    Parameters
    ----------
    of : tuple of str
        The editions that each side's register is really of, in words; empty where it has none.
    """
    lacking = [side.edition for side, words in zip(sides, of, strict=True) if not words]
    if lacking:
        return none_here(lacking)
    (older, older_of), (newer, newer_of) = sorted(
        ((side.edition, words) for side, words in zip(sides, of, strict=True)),
        key=lambda one: edition_key(one[0]),
    )
    first, last = older_of.partition(" ")[0], newer_of.partition(" ")[0]
    if first != older:
        return f"not compared, {older} has those of {older_of} here."
    if not NAME.fullmatch(last) or edition_key(last) <= edition_key(first):
        return f"not compared, {newer} has those of {newer_of} here."
    return ""


def holes(sides: Sides) -> list[str]:
    """Which attributes are not known in an edition, so that modules may differ in them."""
    return [sentence(f"{words}.") for side in sides if (words := attributes_not_known(*side))]


def none_here(editions: list[str]) -> str:
    """That some editions do not have something here."""
    verb = "have" if len(editions) > 1 else "has"
    return f"not compared, {' and '.join(editions)} {verb} none here."


def sentence(why: str) -> str:
    """A reason as a note of its own.

    >>> sentence("not compared, 2026b has none here.")
    'Not compared, 2026b has none here.'
    """
    return why[:1].upper() + why[1:]
