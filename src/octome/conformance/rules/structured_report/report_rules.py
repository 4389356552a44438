"""The rules of one edition for structured reports, read when needed and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.rules.structured_report.relationship import (
    Relationships,
    relationships_known,
    rows_in,
)
from octome.conformance.rules.structured_report.row_source import packaged, rows_of
from octome.conformance.rules.structured_report.template import (
    Concept,
    Rows,
    Template,
    template,
)
from octome.errors import UnknownPath

if TYPE_CHECKING:
    from octome.standard.model.section import SectionPage

TABLE = re.compile(r"#table_(A\.\d+(?:\.\d+)*)-")


class ReportRules:
    """The rules of a rulebook's edition for structured reports.

    Parameters
    ----------
    book : Rulebook
        The rules of the edition.
    """

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._relationships: dict[str, Relationships | None] = {}
        self._templates: dict[str, Template | None] = {}

    def relationships(self, sop_class_uid: str) -> Relationships | None:
        """The edition's own table for a SOP Class, or the packaged one; None if there is none."""
        if sop_class_uid not in self._relationships:
            known = relationships_known(sop_class_uid)
            self._relationships[sop_class_uid] = self._own(sop_class_uid, known) or known
        return self._relationships[sop_class_uid]

    @cached_property
    def has_templates(self) -> bool:
        """Whether the edition has its own templates."""
        return bool(self.book.library.template_index(self.book.edition).templates)

    def template(self, tid: str) -> Template | None:
        """The edition's template; without any, the packaged one; None if it is not known."""
        if tid not in self._templates:
            is_own = self.has_templates
            source = self._rows if is_own else packaged
            self._templates[tid] = template(tid, source, is_of_edition=is_own)
        return self._templates[tid]

    def _rows(self, tid: str) -> Rows | None:
        try:
            return rows_of(self.book.library.template(tid, self.book.edition), self._codes)
        except UnknownPath:
            return None

    def _codes(self, cid: int) -> frozenset[Concept]:
        """The codes of a context group that may not be extended; none if it is not sure."""
        known = self.book.codes(cid)
        is_sure = known.is_own and known.is_complete and known.is_extensible is False
        return known.codes if is_sure else frozenset()

    def _own(self, sop_class_uid: str, known: Relationships | None) -> Relationships | None:
        """What the sections of the edition's IOD have."""
        ciod = self.book.library.ciod_of(sop_class_uid, self.book.edition)
        if ciod is None:
            return None
        table = TABLE.search(self.book.library.ciod(ciod, self.book.edition).standard_url or "")
        for section in self._sections(table[1] if table else ""):
            rows = rows_in(section.section.text.blocks)
            if rows:
                return Relationships(
                    section=f"PS3.3 {section.section.number}",
                    rows=rows,
                    is_certain=True,
                    is_of_edition=True,
                    by_reference=known.by_reference if known else None,
                )
        return None

    def _sections(self, number: str) -> Iterator[SectionPage]:
        """A section of the edition, and all that are within it, in the order of reading."""
        waiting = [number] if number else []
        while waiting:
            here = waiting.pop()
            try:
                page = self.book.library.section(here, self.book.edition)
            except UnknownPath:
                continue
            if page.section.text.edition == self.book.edition:
                yield page
            waiting += [link.path.rpartition("/")[2] for link in reversed(page.below)]
