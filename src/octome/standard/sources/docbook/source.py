"""The folder of a fetched edition as a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from octome.standard.edition_folder import EditionFolder
from octome.standard.sources.facts import FactsSource
from octome.standard.sources.folder_source import FolderSource
from octome.standard.sources.json_source import JsonSource

# What reads is imported when it reads: the name and the fingerprint are needed at each start.
if TYPE_CHECKING:
    from octome.standard.sources.records import EditionRecords
    from octome.standard.sources.source import Content, Source

# What else than facts and text is in which part.
CONTENTS: Mapping[str, tuple[Content, ...]] = {
    "6": ("uids",),
    "15": ("protected_attributes",),
    "16": ("context_groups", "templates"),
}


class DocBookSource(FolderSource):
    """The official DocBook of one edition."""

    def contents(self) -> Mapping[str, frozenset[Content]]:
        """What its parts have."""
        found: set[Content] = {"facts", "text"}
        for part, contents in CONTENTS.items():
            if part in self.folder.manifest.parts:
                found.update(contents)
        return {self.folder.edition: frozenset(found)}

    def read(self, edition: str) -> EditionRecords:
        """Everything that its parts have; the tree of each is freed before the next is read.

        Raises
        ------
        StoreUnavailable
            A part is damaged.
        """
        from octome.standard.sources.docbook.edition import read_edition

        return read_edition(self.folder, edition)


def source_of(folder: EditionFolder) -> Source:
    """The source that reads the files of a fetched edition."""
    layout = folder.manifest.layout
    if layout == "docbook":
        return DocBookSource(folder)
    return JsonSource(folder) if layout == "json" else FactsSource(folder)
