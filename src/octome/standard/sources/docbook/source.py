"""The folder of a fetched edition as a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from octome.standard.edition_folder import EditionFolder, edition_folders

# What reads is imported when it reads: the name and the fingerprint are needed at each start.
if TYPE_CHECKING:
    from octome.standard.sources.docbook.part import Part
    from octome.standard.sources.records import EditionRecords, Problem, SectionRecord
    from octome.standard.sources.source import Content, Source


class DocBookSource:
    """The official DocBook of one edition.

    Parameters
    ----------
    folder : EditionFolder
        Of the edition.
    """

    def __init__(self, folder: EditionFolder) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """`docbook` and the edition."""
        return f"docbook-{self.folder.edition}"

    def fingerprint(self) -> str:
        """Of the manifest."""
        return self.folder.fingerprint()

    def contents(self) -> Mapping[str, frozenset[Content]]:
        """What its parts have."""
        return {self.folder.edition: frozenset({"facts", "text"})}

    def read(self, edition: str) -> EditionRecords:
        """Everything that its parts have; each part is freed before the next is read.

        All are opened once before, for the titles that references from one to another print.

        Raises
        ------
        StoreUnavailable
            A part is damaged.
        """
        from octome.standard.sources.records import EditionRecords, Problem

        manifest = self.folder.manifest
        problems = [Problem(0, "", words) for words in manifest.problems]
        sections: list[SectionRecord] = []
        numbers = sorted(map(int, manifest.parts))
        titles: dict[str, str] = {}
        for number in numbers:
            titles |= self._part(number).titles
        for number in numbers:
            part_sections, part_problems = self._read_part(number, titles)
            sections += part_sections
            problems += part_problems
        missing = [number for number in (3, 6) if str(number) not in manifest.parts]
        note = " ".join(f"Part {number} was not fetched." for number in missing)
        return EditionRecords(
            edition=edition,
            source=f"official DocBook from {manifest.origin}, {manifest.date[:10]}",
            dictionary=edition,
            note=note,
            is_in_standard_order=True,
            section_records=sections,
            problems=problems,
        )

    def _read_part(
        self, number: int, titles: Mapping[str, str]
    ) -> tuple[list[SectionRecord], list[Problem]]:
        from octome.standard.sources.docbook.sections import sections_of

        part = self._part(number)
        return list(sections_of(part, titles)), part.problems

    def _part(self, number: int) -> Part:
        from octome.standard.sources.docbook.part import parse_part

        file = self.folder.whole_file(self.folder.manifest.parts[str(number)])
        return parse_part(file, self.folder.edition)


def source_of(folder: EditionFolder) -> Source:
    """The source that reads the files of a fetched edition."""
    return DocBookSource(folder)


def synced_sources() -> tuple[Source, ...]:
    """A source for each edition that has been fetched; only manifests are read."""
    return tuple(source_of(folder) for folder in edition_folders())
