"""An edition as one file, for machines without a network.

A gzipped tar of the edition's folder, the manifest first. An added file is checked: only the files
in the manifest are read, by their name, size and digest.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from octome.errors import SyncFailed
from octome.files import new_file
from octome.standard.edition_folder import EditionFolder
from octome.standard.edition_keeping import keep_staged, staged_edition
from octome.standard.edition_lock import locked_editions
from octome.standard.edition_manifest import (
    MANIFEST,
    KeptEdition,
    KeptFile,
    OtherFormat,
    read_manifest,
)
from octome.standard.progress import Notify, Progress, no_notice, no_progress
from octome.standard.sources.facts import facts_of

if TYPE_CHECKING:
    from octome.standard.sources.records import EditionRecords

LARGEST_MANIFEST = 16 << 20
LARGEST_BYTES = 2 << 30
LARGEST_FILE = 128 << 20


def export_edition(folder: EditionFolder, path: Path) -> None:
    """Write an edition as one file.

    Raises
    ------
    StoreUnavailable
        A file of the edition is damaged.
    SyncFailed
        The file exists, or cannot be written.
    """
    manifest = folder.manifest
    kept = (*manifest.parts.values(), *manifest.figures.values())
    try:
        with (
            new_file(path, is_private=False) as file,
            tarfile.open(fileobj=file, mode="w:gz") as archive,
        ):
            _add(archive, MANIFEST, (folder.path / MANIFEST).read_bytes())
            for each in kept:
                _add(archive, each.file, folder.whole_file(each).read_bytes())
    except FileExistsError as error:
        raise SyncFailed(
            f"{path} already exists and is not overwritten: choose another name", path=str(path)
        ) from error
    except OSError as error:
        if isinstance(error, SyncFailed) or error.strerror is None:
            raise
        raise SyncFailed(f"cannot write {path}: {error.strerror}", path=str(path)) from error


def export_facts(folder: EditionFolder, records: EditionRecords, path: Path) -> None:
    """Write the facts of an edition as one file, without any sentence of the Standard.

    Raises
    ------
    SyncFailed
        The file exists, or cannot be written.
    """
    with TemporaryDirectory(prefix="octome-") as made:
        facts = EditionFolder(Path(made) / folder.edition)
        parts: dict[str, KeptFile] = {
            content: facts.keep(f"{content}.json.gz", packed)
            for content, packed in facts_of(records).items()
        }
        before = folder.manifest
        # A path on this machine is private; an address on the web is not.
        origin = before.origin if "://" in before.origin else "a folder of files"
        facts.write(
            KeptEdition(
                edition=folder.edition, origin=origin, date=before.date, layout="facts", parts=parts
            )
        )
        export_edition(facts, path)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


class BoundedStream(gzip.GzipFile):
    """What a compressed file holds, in pieces that fit into memory whatever it claims."""

    def read(self, size: int | None = -1) -> bytes:
        """So many bytes."""
        if size is None or not 0 <= size <= LARGEST_FILE:
            raise ValueError("a file in it is too large")
        return super().read(size)


def add_edition(
    path: Path,
    *,
    replaces: bool = False,
    progress: Progress = no_progress,
    notify: Notify = no_notice,
) -> KeptEdition:
    """Keep the edition of an exported file, replacing the one of its name.

    Parameters
    ----------
    replaces : bool
        Whether it replaces a fuller one too.
    progress, notify : callable
        As for the compiler, and for `locked_editions`.

    Raises
    ------
    SyncFailed
        It is not an exported edition, is damaged, or has less than the one of its name that is
        here. What was here stays as it was.
    """
    try:
        with (
            BoundedStream(path, "rb") as stream,
            tarfile.open(fileobj=stream, mode="r:") as archive,
            locked_editions(notify),
        ):
            manifest = _manifest(archive)
            with staged_edition(manifest.edition) as staged:
                staged.write(_added(archive, manifest, staged))
                return keep_staged(staged, replaces=replaces, progress=progress).manifest
    except SyncFailed:
        raise
    except OtherFormat as error:
        raise SyncFailed(
            f"{path} was written by another version of octome: export it with this version",
            path=str(path),
        ) from error
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError) as error:
        # The words of a library about a file of another kind help nobody.
        why = f": {error}" if isinstance(error, ValueError) else ""
        why = ": it ends too early" if isinstance(error, EOFError) else why
        raise SyncFailed(
            f"{path} is not an exported edition, or is damaged{why}", path=str(path)
        ) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise SyncFailed(f"cannot add {path}: {why}", path=str(path)) from error


def _manifest(archive: tarfile.TarFile) -> KeptEdition:
    first = archive.next()
    if first is None or first.name != MANIFEST or first.size > LARGEST_MANIFEST:
        raise ValueError(f"its first file is not {MANIFEST}")
    try:
        manifest = read_manifest(_content(archive, first))
    except OtherFormat:
        raise
    except ValueError as error:
        raise ValueError(f"{MANIFEST} in it cannot be used: {error}") from error
    if not manifest.parts:
        raise ValueError("it has no parts")
    if manifest.size > LARGEST_BYTES:
        raise ValueError("it is too large")
    return manifest


def _added(archive: tarfile.TarFile, manifest: KeptEdition, folder: EditionFolder) -> KeptEdition:
    """Write the files of an archive into a folder; the manifest that lists them there."""
    listed = {kept.file: kept for kept in (*manifest.parts.values(), *manifest.figures.values())}
    added: dict[str, KeptFile] = {}
    while (entry := archive.next()) is not None:
        kept = listed.get(entry.name)
        is_listed = kept is not None and entry.isreg() and entry.size == kept.size
        if kept is None or not is_listed or entry.name in added:
            raise ValueError(f"{entry.name} is not what its manifest lists")
        content = _content(archive, entry)
        if sha256(content).hexdigest() != kept.sha256:
            raise ValueError(f"{entry.name} is damaged")
        added[entry.name] = replace(kept, file=folder.keep(_plain(entry.name), content).file)
    missing = sorted(set(listed) - set(added))
    if missing:
        raise ValueError(f"{missing[0]} is missing")
    return replace(
        manifest,
        parts={key: added[kept.file] for key, kept in manifest.parts.items()},
        figures={key: added[kept.file] for key, kept in manifest.figures.items()},
    )


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(entry) if entry.isreg() else None
    if file is None:
        raise ValueError(f"{entry.name} is not a file")
    return file.read()


def _plain(name: str) -> str:
    """The name of a kept file before it got its digest."""
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.partition(".")
    return f"{folder}{slash}{stem.rpartition('-')[0] or stem}{dot}{ending}"
