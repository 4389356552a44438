"""Rows of attribute tables that include a macro."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from octome.standard.sources.docbook.grid import Cell, Grid
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.tag import tag

INCLUDE = re.compile(r"include\b", re.IGNORECASE)
TABLE_NUMBER = re.compile(r"Table ([A-Z0-9][\w.-]*\w)")
LINKS = (tag("xref"), tag("link"), tag("olink"))


class Macros:
    """The macros of a part, by the anchors that a row can refer to.

    Parameters
    ----------
    tables : iterable
        Each macro's table and id.
    """

    def __init__(self, part: Part, tables: Iterable[tuple[Grid, str]]) -> None:
        self.part = part
        self._by_anchor: dict[str, str] = {}
        in_section: dict[str, list[str]] = {}
        for each, id_ in tables:
            for anchor in (each.anchor, f"table_{each.label}"):
                self._by_anchor.setdefault(anchor, id_)
            in_section.setdefault(part.anchor_near(each.element.getparent()), []).append(id_)
        # A reference to a section means the macro in it, if there is just one.
        self._by_section: Mapping[str, str] = {
            anchor: ids[0] for anchor, ids in in_section.items() if len(ids) == 1
        }
        for nowhere in ("", "table_"):
            self._by_anchor.pop(nowhere, None)

    def included(self, cell: Cell, name: str) -> str | None:
        """The id of the macro that a row includes; None if there is none, a problem of the part."""
        anchors = [*anchors_in(cell), *(f"table_{n}" for n in TABLE_NUMBER.findall(name))]
        found = self.referred(anchors) or next(filter(None, map(self._by_section.get, anchors)), "")
        if found:
            return found
        words = f"{name} {' '.join(anchors)}"
        self.part.problem(cell.element, f"includes a macro that is not there: {words}")
        return None

    def referred(self, anchors: Iterable[str]) -> str | None:
        """The id of the first macro whose table has one of these anchors."""
        return next((self._by_anchor[a] for a in anchors if a in self._by_anchor), None)


def anchors_in(cell: Cell) -> Iterator[str]:
    """The anchors that a cell refers to."""
    if cell.element is not None:
        for link in cell.element.iter(*LINKS):
            yield link.get("linkend") or link.get("targetptr") or ""


def has_functional_groups(cell: Cell, name: str) -> bool:
    """Whether a row includes all functional group macros of a CIOD, which are separate uses."""
    return "Functional Group Macros" in name or any(
        anchor.endswith("FunctionalGroupMacros") for anchor in anchors_in(cell)
    )
