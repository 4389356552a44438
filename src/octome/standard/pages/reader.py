"""What all pages read from the store: editions, lines of attribute tables, terms, texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from octome.standard.edition import UNNAMED
from octome.standard.model.page import Child, Link
from octome.standard.names import CODE_MACRO
from octome.standard.pages.stored import StoredLine, StoredTable, StoredTerm
from octome.standard.pages.text_reader import TextReader

if TYPE_CHECKING:
    from octome.standard.model.attribute import AttributeUse
    from octome.standard.model.usage import MacroInclusion
    from octome.standard.search.rows import Row


class Shelves(Protocol):
    """All stores, for a reader of one of them: see `octome.standard.stores.Stores`."""

    @property
    def editions(self) -> tuple[str, ...]:
        """As `Reader.editions`."""

    @property
    def current(self) -> str:
        """As `Reader.current`."""

    def edition(self, requested: str | None) -> str:
        """The requested edition; the current one if none is."""

    def reader(self, edition: str) -> Reader:
        """The reader of the store that holds an edition."""

    def ready(self) -> Iterator[Reader]:
        """As `Reader.ready`."""

    @property
    def unread(self) -> Mapping[str, str]:
        """As `Reader.unread`."""


class Reader(TextReader):
    """Reads one store for the pages.

    Parameters
    ----------
    db : Connection
        The store.
    stores : Shelves
        All stores, this one among them.
    """

    def __init__(self, db: sqlite3.Connection, stores: Shelves) -> None:
        super().__init__(db)
        self._stores = stores

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of all stores: the current one, then the others, the newest first."""
        return self._stores.editions

    @property
    def current(self) -> str:
        """The default edition."""
        return self._stores.current

    def of(self, edition: str | None) -> tuple[Reader, str]:
        """The reader of the store that holds an edition, the current one if None, and its name.

        Raises
        ------
        UnknownEdition
            The edition is not available.
        """
        chosen = self._stores.edition(edition)
        return self._stores.reader(chosen), chosen

    def ready(self) -> Iterator[Reader]:
        """Readers of all stores that are ready, including this one."""
        return self._stores.ready()

    @property
    def unread(self) -> Mapping[str, str]:
        """Fetched editions whose stores are not ready, each with its origin and parts.

        A packaged edition of the same name is hidden by one.
        """
        return self._stores.unread

    @cached_property
    def own_editions(self) -> tuple[str, ...]:
        """The editions in this store, the newest first."""
        return tuple(id_ for (id_,) in self.rows("SELECT id FROM edition ORDER BY position DESC"))

    def meta(self, key: str) -> str:
        """The store's value for a key about itself; empty if it has none."""
        found = self.row("SELECT value FROM meta WHERE key = ?", key)
        return str(found[0]) if found else ""

    def text_edition(self, edition: str) -> str:
        """The edition whose text an edition has: its own, or that of its fallback edition."""
        return self.fallbacks[edition] or edition

    @cached_property
    def fallbacks(self) -> dict[str, str | None]:
        """The edition that each edition borrows its text from; None where it borrows none."""
        return dict(self.rows("SELECT id, fallback FROM edition"))

    @cached_property
    def dictionaries(self) -> dict[str, str]:
        """Which dictionary each edition's names, VRs and VMs are from."""
        return dict(self.rows("SELECT id, dictionary FROM edition"))

    @cached_property
    def notes(self) -> dict[str, str]:
        """What each edition's source leaves out; empty where nothing is known to be missing."""
        return dict(self.rows("SELECT id, note FROM edition"))

    @cached_property
    def whole_parts(self) -> dict[str, list[str]]:
        """The parts of which each edition has every section."""
        return {id_: parts.split() for id_, parts in self.rows("SELECT id, parts FROM edition")}

    @cached_property
    def is_partial(self) -> dict[str, bool]:
        """Whether each edition's source leaves out some of what it lists."""
        return {e: bool(v) for e, v in self.rows("SELECT id, is_partial FROM edition")}

    @cached_property
    def known_tags(self) -> dict[str, frozenset[str]]:
        """Of each edition whose source leaves some out: the only tags that it may have."""
        partial = [edition for edition, is_so in self.is_partial.items() if is_so]
        return {
            edition: frozenset(
                tag for (tag,) in self.rows("SELECT tag FROM term WHERE edition = ?", edition)
            )
            for edition in partial
        }

    @cached_property
    def changes_of_tables(self) -> dict[tuple[Reader, str, str], str]:
        """What changed in a table here since an edition of a reader, in words.

        Filled by `octome.standard.pages.history`: counting takes longer than the rest of a page.
        """
        return {}

    @cached_property
    def code_schemes(self) -> tuple[tuple[str, int], ...]:
        """The coding schemes and how many codes of each there are, those of most codes first."""
        scheme = "substr(path, 8, instr(substr(path, 8), '/') - 1)"  # of /codes/<scheme>/<value>
        rows = self.rows(
            f"SELECT {scheme}, count(*) FROM doc WHERE kind = 'code' GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return tuple((unquote(name), count) for name, count in rows)

    @cached_property
    def with_ciods(self) -> frozenset[str]:
        """The editions that have CIODs: the others have no part 3."""
        return frozenset(id_ for (id_,) in self.rows("SELECT DISTINCT edition FROM ciod"))

    def why_empty(self, edition: str) -> str:
        """Why an edition has neither CIODs nor modules here; empty where it has."""
        return "" if edition in self.with_ciods else self.notes[edition]

    @cached_property
    def is_in_standard_order(self) -> dict[str, bool]:
        """Whether each edition's source has the Standard's own order."""
        return {e: bool(v) for e, v in self.rows("SELECT id, in_standard_order FROM edition")}

    @cached_property
    def found_rows(self) -> dict[int, Row]:
        """The rows of `doc` that searches have read so far, by their numbers."""
        return {}

    @cached_property
    def below_roots(self) -> dict[tuple[str, str, str], tuple[Child, ...]]:
        """The pages below each root of the tree, by edition, root and order, once they are read."""
        return {}

    @cached_property
    def ciods_named(self) -> dict[str, list[str]]:
        """The CIODs by their squashed names, also without "Image" at the end."""
        named: dict[str, list[str]] = {}
        for name, path in self.rows("SELECT folded, path FROM doc WHERE kind = 'CIOD'"):
            for known in dict.fromkeys((name, name.removesuffix("image"))):
                named.setdefault(known, []).append(path.rpartition("/")[2])
        return named

    @cached_property
    def looked_up(self) -> dict[str, bool]:
        """Of words that were searched: whether a name has each."""
        return {}

    @cached_property
    def vocabulary(self) -> dict[int, dict[str, int]]:
        """The words of every title and keyword by their length, with how many names have each."""
        words: dict[int, dict[str, int]] = {}
        for word, count in self.rows("SELECT word, count FROM word ORDER BY count DESC"):
            words.setdefault(len(word), {})[word] = count
        return words

    def dated(self, edition: str) -> str | None:
        """The edition whose official pages to link to; None for the current ones.

        Pages of an edition are permanent; pages of the current one change.
        """
        return None if edition == UNNAMED else edition

    def table(self, edition: str, path: str) -> StoredTable | None:
        """A module or macro by its path."""
        found = self.row(
            "SELECT path, id, name, level, text, url FROM attribute_table "
            "WHERE edition = ? AND path = ?",
            edition,
            path,
        )
        return StoredTable(*found) if found else None

    def lines(self, edition: str, level: int, tag: str | None = None) -> list[StoredLine]:
        """The attributes of a level, or those of them with one tag."""
        query = (
            "SELECT l.tag, l.type, l.text, l.place, l.value_types, l.items, "
            "coalesce(t.keyword, ''), coalesce(nullif(t.name, ''), l.tag), "
            "coalesce(t.vr, ''), coalesce(t.vm, '') "
            "FROM line l LEFT JOIN term t ON t.edition = ? AND t.tag = l.tag WHERE l.level = ?"
        )
        if tag is None:
            return [
                StoredLine(*row)
                for row in self.rows(f"{query} ORDER BY l.position", edition, level)
            ]
        rows = self.rows(f"{query} AND l.tag = ? ORDER BY l.position", edition, level, tag)
        return [StoredLine(*row) for row in rows]

    def inclusions(self, edition: str, level: int) -> tuple[MacroInclusion, ...]:
        """The macros that a level includes, in order."""
        # Imported here: only pages show them.
        from octome.standard.model.usage import MacroInclusion

        return tuple(
            MacroInclusion(
                macro=Link(f"/macros/{macro}", name or macro),
                text=self.text(text),
                before=before,
                attributes=lines,
            )
            for macro, name, text, before, lines in self.rows(
                "SELECT i.macro, t.name, i.text, i.before, i.lines FROM inclusion i "
                "LEFT JOIN attribute_table t ON t.edition = ? AND t.path = '/macros/' || i.macro "
                "WHERE i.level = ? ORDER BY i.position",
                edition,
                level,
            )
        )

    def texts_on_codes(self, levels: Iterable[int]) -> list[int]:
        """The numbers of the texts that levels add when they include the Code Sequence Macro."""
        return [
            text
            for level in levels
            for (text,) in self.rows(
                "SELECT text FROM inclusion WHERE level = ? AND '/macros/' || macro = ? "
                "AND text IS NOT NULL",
                level,
                CODE_MACRO,
            )
        ]

    def uses(self, edition: str, tag: str) -> int:
        """How many modules and macros have an attribute, at any depth."""
        (count,) = self.row(
            "SELECT count(DISTINCT o.table_path) FROM occurrence o JOIN attribute_table t "
            "ON t.edition = o.edition AND t.path = o.table_path WHERE o.edition = ? AND o.tag = ?",
            edition,
            tag,
        )
        return int(count)

    def lines_of(
        self, edition: str, levels: Iterable[int], tag: str | None = None
    ) -> list[StoredLine]:
        """The attributes of several levels that are alternatives; equal ones once."""
        found = [line for level in levels for line in self.lines(edition, level, tag)]
        return list(dict.fromkeys(found))

    def lines_at(self, edition: str, level: int, words: list[str]) -> list[StoredLine]:
        """The attributes that a path of tags or keywords leads to from a level.

        None, one, or several alternatives.
        """
        levels, found = [level], list[StoredLine]()
        for word in words:
            found = self.lines_of(edition, levels, self.tag(edition, word) or "")
            levels = self.levels_below(found)
        return found

    @staticmethod
    def levels_below(lines: Iterable[StoredLine]) -> list[int]:
        """The levels of the items of some lines, each once."""
        return list(dict.fromkeys(line.items for line in lines if line.items is not None))

    def walk(self, edition: str, level: int, path: str) -> Iterator[AttributeUse]:
        """Every attribute below a level, in order, each before its items."""
        for line in self.lines(edition, level):
            use = line.use(f"{path}/{line.tag}")
            yield use
            if line.items is not None:
                yield from self.walk(edition, line.items, use.path)

    def terms(self, edition: str, tags: str = "*") -> list[StoredTerm]:
        """The lines of the dictionary whose tags fit a pattern, by tag."""
        rows = self.rows(
            "SELECT tag, keyword, coalesce(nullif(name, ''), tag), vr, vm, is_retired FROM term "
            "WHERE edition = ? AND tag GLOB ? ORDER BY tag",
            edition,
            tags,
        )
        return [StoredTerm._make(row) for row in rows]

    def tag(self, edition: str, word: str) -> str | None:
        """The tag for a word of a path: eight digits in any case, or a keyword."""
        if is_tag(word):
            return word.lower()
        found = self.row(
            "SELECT tag FROM term WHERE keyword = ? COLLATE NOCASE ORDER BY edition = ? DESC",
            word,
            edition,
        )
        return str(found[0]) if found else None


def is_tag(word: str) -> bool:
    """Whether a word of a path is a tag, repeating groups (`60xx3000`) included."""
    return len(word) == 8 and all(c in "0123456789abcdefxABCDEFX" for c in word)
