"""Where an edition is fetched from: a site of the official layout, or a folder of files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from octome.errors import SyncFailed
from octome.files import new_folder
from octome.standard.edition import NAME, edition_key
from octome.standard.edition_folder import STAGING, editions_folder
from octome.standard.edition_manifest import KeptFile

if TYPE_CHECKING:
    from octome.standard.fetching import Fetcher

LISTED = re.compile(r"""href\s*=\s*["'][^"']*?(\d{4}[a-z]?)/?["']""", re.IGNORECASE)


@dataclass(frozen=True)
class Got:
    """A fetched file, with the validators of its version."""

    path: Path
    about: KeptFile


Share = Callable[[float], None]


class Site:
    """A site of the official layout."""

    def __init__(self, fetcher: Fetcher, url: str) -> None:
        self.fetcher, self.url = fetcher, url.rstrip("/")
        self._staged: set[Path] = set()

    def forget(self) -> None:
        """Remove the fetched files: they have been stored elsewhere."""
        for folder in self._staged:
            shutil.rmtree(folder, ignore_errors=True)

    def part(
        self, edition: str, number: int, kept: KeptFile | None, share: Share
    ) -> Got | KeptFile | None:
        """A part: the stored one if it is up to date; None if the site does not have it."""
        name = f"part{number:02}"
        url = f"{self.url}/{edition}/source/docbook/{name}/{name}.xml"
        return self._fetched(url, self._staging(url) / f"{name}.xml", kept, share)

    def figure(self, got: Got, name: str) -> bytes | None:
        """A picture of a part; None if it is missing."""
        url = got.about.url.rpartition("/")[0] + "/" + name
        digest = blake2b(url.encode(), digest_size=8).hexdigest()
        figure = self._fetched(url, self._staging(url) / digest, None, lambda _share: None)
        return figure.path.read_bytes() if isinstance(figure, Got) else None

    def _fetched(
        self, url: str, path: Path, kept: KeptFile | None, share: Share
    ) -> Got | KeptFile | None:
        from octome.standard.fetching import NotThere, Validators

        known = kept and kept.url == url and Validators(kept.etag, kept.last_modified)
        try:
            found = self.fetcher.fetch(url, path, known or None, share)
        except NotThere:
            return None
        if found is None:
            return kept
        about = KeptFile(
            file="", size=0, sha256="", url=url,
            etag=found.etag, last_modified=found.last_modified, fetched=now(),
        )  # fmt: skip
        return Got(path, about)

    def editions(self) -> list[str]:
        """The editions that it lists."""
        return editions_at(self.fetcher, self.url)

    def _staging(self, url: str) -> Path:
        """The folder for files from an address until they are complete."""
        digest = blake2b(url.rpartition("/")[0].encode(), digest_size=6).hexdigest()
        folder = editions_folder() / STAGING / digest
        new_folder(folder, is_private=False)
        self._staged.add(folder)
        return folder


class Files:
    """A folder of DocBook files, in the official layout or flatter."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            why = "is not a folder" if folder.exists() else "is not there"
            raise SyncFailed(f"{folder} {why}", path=str(folder))
        self.folder = folder

    def forget(self) -> None:
        """Do nothing: the files are the user's."""

    def part(
        self, edition: str, number: int, _kept: KeptFile | None, _share: Share
    ) -> Got | KeptFile | None:
        """A part; None if the folder does not have it."""
        name = f"part{number:02}"
        inner = f"source/docbook/{name}/{name}.xml"
        for layout in (f"{edition}/{inner}", inner, f"{name}/{name}.xml", f"{name}.xml"):
            path = self.folder / layout
            if path.is_file():
                about = KeptFile(file="", size=0, sha256="", url=str(path), fetched=now())
                return Got(path, about)
        return None

    def figure(self, got: Got, name: str) -> bytes | None:
        """A picture in the folder of a part; None where it is not there."""
        path = got.path.parent / name
        return path.read_bytes() if path.is_file() else None

    def editions(self) -> list[str]:
        """The editions that it has folders for."""
        return sorted(
            (path.name for path in self.folder.iterdir() if NAME.fullmatch(path.name)),
            key=edition_key,
        )


def editions_at(fetcher: Fetcher, base_url: str) -> list[str]:
    """The editions that a site lists, the oldest first.

    Raises
    ------
    SyncFailed
        The list cannot be fetched.
    """
    return sorted(set(LISTED.findall(fetcher.text(base_url.rstrip("/") + "/"))), key=edition_key)


def now() -> str:
    """The time, as in a manifest."""
    return datetime.now(UTC).isoformat(timespec="seconds")
