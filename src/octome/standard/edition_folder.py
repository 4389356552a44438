"""The editions that the user has fetched: a folder for each, with a manifest of its files.

The files of parts are named by their content and listed in `edition.json`, which is replaced last:
a reader finds the old edition or the new one, never a mix of both.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import suppress
from dataclasses import asdict
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path

from octome.errors import StoreUnavailable, UnknownEdition
from octome.files import HIDDEN, new_folder, replaced_file
from octome.standard.edition import NAME, UNNAMED, current_edition, usual_name
from octome.standard.edition_manifest import (
    FORMAT,
    MANIFEST,
    KeptEdition,
    KeptFile,
    read_manifest,
)

STAGING = ".fetching"
"""Where what has come is, before it is an edition."""
KEPT_NAME = re.compile(r".+-[0-9a-f]{12}(\..+)?")


def editions_folder() -> Path:
    """The folder of the user's data in which fetched editions are."""
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        # The answer of platformdirs, whose import takes longer than making a page.
        given = os.environ.get("XDG_DATA_HOME", "")
        data = Path(given if os.path.isabs(given) else "~/.local/share").expanduser()
        return data / "octome" / "editions"
    from platformdirs import user_data_path

    return user_data_path("octome", appauthor=False) / "editions"


class EditionFolder:
    """The folder of one edition.

    Parameters
    ----------
    path : Path
        Its name is that of the edition.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def edition(self) -> str:
        """The edition's name."""
        return self.path.name

    def fingerprint(self) -> str:
        """What changes whenever the content of a file does, or what is stated of the edition.

        When a file was last fetched, and from where, makes no difference.

        Raises
        ------
        StoreUnavailable
            The manifest cannot be read.
        """
        manifest = self.manifest
        digest = blake2b(digest_size=8)
        files = (*manifest.parts.items(), *manifest.figures.items())
        stated = (manifest.edition, manifest.layout, manifest.origin, manifest.date)
        for word in (*stated, *manifest.problems, *(f"{name}={f.sha256}" for name, f in files)):
            digest.update(word.encode() + b"\n")
        return digest.hexdigest()

    @cached_property
    def manifest(self) -> KeptEdition:
        """What the manifest states.

        Raises
        ------
        StoreUnavailable
            It cannot be read, or is damaged.
        """
        try:
            manifest = read_manifest((self.path / MANIFEST).read_bytes())
        except OSError as error:
            raise self._damaged(MANIFEST, error.strerror or str(error)) from error
        except ValueError as error:
            raise self._damaged(MANIFEST, str(error)) from error
        if manifest.edition != self.edition:
            raise self._damaged(MANIFEST, f"it is that of edition {manifest.edition}")
        return manifest

    def whole_file(self, kept: KeptFile) -> Path:
        """A file whose content is the one that the manifest states.

        Raises
        ------
        StoreUnavailable
            It is missing or damaged.
        """
        path = self.path / kept.file
        try:
            with path.open("rb") as file:
                digest = _digest(file.read())
        except OSError as error:
            raise self._damaged(kept.file, error.strerror or str(error)) from error
        if digest != kept.sha256:
            raise self._damaged(kept.file, "its content has changed")
        return path

    def write(self, manifest: KeptEdition) -> None:
        """Replace the manifest; the files that it lists are there already. Others go."""
        new_folder(self.path, is_private=False)
        with replaced_file(self.path / MANIFEST, is_private=False) as file:
            file.write(json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1).encode())
        self.__dict__.pop("manifest", None)
        self.tidy()

    def tidy(self) -> None:
        """Remove kept files that no manifest lists, and the folder where nothing is left."""
        try:
            manifest = read_manifest((self.path / MANIFEST).read_bytes())
            kept = (*manifest.parts.values(), *manifest.figures.values())
        except FileNotFoundError:
            kept = ()
        except (OSError, ValueError):
            return  # nobody knows what it lists
        listed = {each.file for each in kept}
        for folder, _, names in os.walk(self.path, topdown=False):
            inside = Path(folder)
            for name in names:
                path = inside / name
                is_ours = KEPT_NAME.fullmatch(name) or HIDDEN.fullmatch(name)
                if is_ours and path.relative_to(self.path).as_posix() not in listed:
                    path.unlink(missing_ok=True)
            with suppress(OSError):  # something is left in it
                inside.rmdir()

    def keep(self, name: str, content: bytes) -> KeptFile:
        """Write a file whose name gets its content's digest; the manifest lists it later."""
        digest = _digest(content)
        stem, dot, ending = name.rpartition("/")[2].partition(".")
        path = self.path / Path(name).parent / f"{stem}-{digest[:12]}{dot}{ending}"
        new_folder(path.parent, is_private=False)
        with replaced_file(path, is_private=False) as file:
            file.write(content)
        name = path.relative_to(self.path).as_posix()
        return KeptFile(file=name, size=len(content), sha256=digest)

    def remove(self) -> None:
        """Remove the edition: its manifest first, so that no reader finds half of it."""
        import shutil

        (self.path / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def _damaged(self, file: str, why: str) -> StoreUnavailable:
        return StoreUnavailable(
            f"edition {self.edition} at {self.path}: {file} cannot be used ({why}); run octome "
            f"editions remove {self.edition}, then octome sync {self.edition}",
            edition=self.edition,
            file=str(self.path / file),
        )


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def edition_folders() -> tuple[EditionFolder, ...]:
    """The folders of all editions that have been fetched, by name."""
    folder = editions_folder()
    if not folder.is_dir():
        return ()
    found = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    return tuple(EditionFolder(path) for path in found if (path / MANIFEST).is_file())


def editions_state() -> tuple[tuple[str, int, int], ...]:
    """What differs after an edition was added, replaced or removed; found out in microseconds."""
    found = []
    for folder in edition_folders():
        with suppress(OSError):  # removed in this moment
            about = (folder.path / MANIFEST).stat()
            found.append((folder.edition, about.st_mtime_ns, about.st_ino))
    return tuple(found)


def kept_edition(edition: str) -> EditionFolder:
    """The folder of an edition that has been fetched; for `current`, of the newest one.

    Raises
    ------
    UnknownEdition
        It has not been.
    """
    folders = {folder.edition: folder for folder in edition_folders()}
    name = usual_name(edition)
    if name == UNNAMED and folders:
        name = current_edition(folders)
    if name not in folders:
        have = ", ".join(folders) or "none yet"
        raise UnknownEdition(
            f"edition {edition} has not been fetched; those that have: {have}", edition=edition
        )
    return folders[name]
