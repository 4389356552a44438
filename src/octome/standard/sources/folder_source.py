"""What the sources that read a fetched edition have in common: its folder."""

from __future__ import annotations

from octome.standard.edition_folder import EditionFolder


class FolderSource:
    """A fetched edition as a source. What reads it is imported when it reads.

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
