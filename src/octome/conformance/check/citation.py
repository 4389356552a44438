"""The sections that findings cite, as far as an edition has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from octome.conformance.check.finding import Finding
from octome.standard.library import Library

PART_3 = "PS3.3 "


class Citations:
    """Which sections can be opened in one edition; each is looked up once.

    Parameters
    ----------
    library : Library
        The Standard.
    edition : str
        The edition that is checked against.
    """

    def __init__(self, library: Library, edition: str) -> None:
        self.library = library
        self.edition = edition
        self._cited: dict[str, str] = {}
        self._opened: dict[str, bool] = {}

    def of(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings, each citing a section that can be opened, if there is one."""
        return tuple(
            finding
            if (cited := self.nearest(finding.section)) == finding.section
            else replace(finding, section=cited)
            for finding in findings
        )

    def without_text(self, findings: Sequence[Finding]) -> tuple[str, ...]:
        """The sections that findings cite and that cannot be opened, in order."""
        cited = sorted({finding.section for finding in findings if finding.section})
        return tuple(section for section in cited if not self._can_be_opened(section))

    def _can_be_opened(self, section: str) -> bool:
        if section not in self._opened:
            part, _, number = section.partition(",")[0].partition(" ")
            key = number if f"{part} " == PART_3 else f"{part}-{number}"
            self._opened[section] = self.library.has_section(key, self.edition)
        return self._opened[section]

    def nearest(self, section: str) -> str:
        """The section, or the nearest one around it, that can be opened; itself if none can.

        Of a part that the edition does not have, the citation stays as it is.
        """
        if section not in self._cited:
            self._cited[section] = self._nearest(section)
        return self._cited[section]

    def _nearest(self, section: str) -> str:
        if not section.startswith(PART_3):
            return section
        number = section.removeprefix(PART_3).partition(",")[0]
        if self.library.has_section(number, self.edition):
            return section
        outer, dot, _ = number.rpartition(".")
        while dot:
            if self.library.has_section(outer, self.edition):
                return PART_3 + outer
            outer, dot, _ = outer.rpartition(".")
        return section
