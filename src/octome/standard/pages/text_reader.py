"""What is read of texts from the store: their blocks, and what they state of values."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from octome.standard.block import Block, Span, tree
from octome.standard.model.page import Link
from octome.standard.model.text import Text

if TYPE_CHECKING:
    from octome.standard.stated import Stated


class TextReader:
    """Reads the texts of one store.

    Parameters
    ----------
    db : Connection
        The store.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def rows(self, query: str, *values: object) -> list[Any]:
        """All rows of a query."""
        return self.db.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Any:
        """The first row of a query, or None."""
        return self.db.execute(query, values).fetchone()

    def text(self, number: int | None, place: str | None = None) -> Text | None:
        """A text by its number, with the title of the place that it is borrowed from."""
        if number is None:
            return None
        (edition,) = self.row("SELECT edition FROM text WHERE id = ?", number)
        link = Link(place, self.title_of_place(edition, place)) if place else None
        return Text(self.blocks(number), edition, link)

    def blocks(self, number: int) -> tuple[Block, ...]:
        """The blocks of a text."""
        spans: dict[int, tuple[Span, ...]] = {}
        for block, *span in self.rows(
            "SELECT block, kind, start, end, target FROM span WHERE text = ? "
            "ORDER BY block, position",
            number,
        ):
            spans[block] = (*spans.get(block, ()), Span(*span))
        rows = self.rows(
            "SELECT depth, kind, detail, words FROM block WHERE text = ? ORDER BY position", number
        )
        return tree([(*row, spans.get(position, ())) for position, row in enumerate(rows)])

    def stated(self, number: int) -> Stated:
        """What a text states of an attribute's values."""
        # Imported here: pages do not need it.
        from octome.standard.stated import ContextGroup, Stated, ValueList

        edition, least, most, overridden = self.row(
            "SELECT edition, least_items, most_items, overridden_module FROM text WHERE id = ?",
            number,
        )
        lists: dict[int, ValueList] = {}
        for at, is_closed, index, condition, value in self.rows(
            "SELECT l.position, l.is_closed, l.value_index, l.condition, v.value "
            "FROM value_list l JOIN value v ON v.text = l.text AND v.list = l.position "
            "WHERE l.text = ? ORDER BY l.position, v.position",
            number,
        ):
            values = (*(lists[at].values if at in lists else ()), value)
            lists[at] = ValueList(bool(is_closed), values, index, condition)
        return Stated(
            edition=edition,
            value_lists=tuple(lists.values()),
            context_groups=tuple(
                ContextGroup(cid, binding, bool(is_always))
                for cid, binding, is_always in self.rows(
                    "SELECT cid, binding, is_always FROM binding WHERE text = ? ORDER BY position",
                    number,
                )
            ),
            sections=() if lists else self._sections(number),
            items=None if least is None else (least, most),
            overridden_module=overridden,
        )

    def _sections(self, number: int) -> tuple[str, ...]:
        """The sections that a text refers to, if it has no list of terms itself."""
        rows = self.rows(
            "SELECT substr(path, 11) FROM link WHERE text = ?1 AND path LIKE '/sections/%' "
            "AND NOT EXISTS (SELECT 1 FROM block WHERE text = ?1 AND kind = 'terms') "
            "ORDER BY position",
            number,
        )
        return tuple(section for (section,) in rows)

    def title_of_place(self, edition: str, path: str) -> str:
        """The title of the module or macro of a path."""
        table = "/".join(path.split("/")[:3])
        found = self.row(
            "SELECT name FROM attribute_table WHERE edition = ? AND path = ?", edition, table
        )
        return str(found[0]) if found else table
