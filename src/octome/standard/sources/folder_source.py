"""The base of sources that read a fetched edition from its folder."""

from __future__ import annotations

import json
from typing import Any

from octome.standard.edition_folder import EditionFolder

LARGEST_BYTES = 1 << 28


class FolderSource:
    """A fetched edition as a source. Its reader is imported when needed.

    Parameters
    ----------
    folder : EditionFolder
        Of the edition.
    """

    def __init__(self, folder: EditionFolder) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """The layout of its files, and the edition."""
        return f"{self.folder.manifest.layout}-{self.folder.edition}"

    def fingerprint(self) -> str:
        """Of the manifest."""
        return self.folder.fingerprint()

    def load_json(self, name: str) -> Any:
        """What a file of JSON holds, by its key among the parts; None where it is not there.

        Raises
        ------
        StoreUnavailable
            It is missing or damaged.
        ValueError, EOFError, zlib.error
            It is not JSON, or not compressed, or too large.
        """
        import gzip

        kept = self.folder.manifest.parts.get(name)
        if kept is None:
            return None
        with gzip.open(self.folder.whole_file(kept)) as file:
            content = file.read(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            raise ValueError(f"{name} is larger than {LARGEST_BYTES >> 20} MiB")
        return json.loads(content)
