"""A folder that instances are put into, each whole or not at all, and never over another."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pydicom import dcmread
from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable, InstanceUnwritable

TAGS = ["SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "Modality"]
CHUNK = 1 << 20


def dicom_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The DICOM files among these files, and in these folders and those below.

    Raises
    ------
    InstanceUnreadable
        A path that is not there, or a file that was named and is no DICOM file.
    """
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*")) if _is_dicom(file))
        elif _is_dicom(path):
            yield path
        else:
            why = "it is no DICOM file" if path.exists() else "there is no such file"
            raise InstanceUnreadable(f"cannot read {path}: {why}", path=str(path))


def identity(path: Path) -> Dataset:
    """Which instance a file holds, of which study and series; with its file meta information.

    Raises
    ------
    InstanceUnreadable
        It does not say, or is damaged.
    """
    try:
        header = dcmread(path, specific_tags=TAGS, stop_before_pixels=True, defer_size=1024)
        whole = header.get("SOPClassUID") and header.get("SOPInstanceUID")
        syntax = header.file_meta.get("TransferSyntaxUID")
    # A damaged file can make pydicom raise anything at all.
    except Exception as error:
        raise InstanceUnreadable(
            f"cannot read {path}: it is damaged ({type(error).__name__})", path=str(path)
        ) from error
    if not whole or not syntax:
        raise InstanceUnreadable(
            f"cannot read {path}: it does not say what it is or how it is encoded", path=str(path)
        )
    return header


class InstanceFolder:
    """A folder of studies of series of instances."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def place_of(self, header: Dataset) -> Path:
        """Where an instance belongs: study, series, instance by their UIDs."""
        study = header.get("StudyInstanceUID") or "no-study"
        series = header.get("SeriesInstanceUID") or "no-series"
        modality = header.get("Modality") or "OT"
        names = (study, f"{modality}-{series}", f"{header.SOPInstanceUID}.dcm")
        return self.path.joinpath(*(_safe(str(name)) for name in names))

    def put(self, write: Callable[[BinaryIO], object]) -> tuple[Path, bool]:
        """Keep an instance that `write` writes as a file.

        Returns
        -------
        path : Path
        is_new : bool
            False where the very same data set was there already.

        Raises
        ------
        InstanceUnreadable
            What was written is no instance.
        InstanceUnwritable
            The system refuses, or another data set with this UID is there; nothing is left of
            the new one.
        """
        with _unfinished(self.path) as unfinished:
            with unfinished.open("xb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            place = self.place_of(identity(unfinished))
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                # A link refuses to replace what is there, unlike a renaming.
                os.link(unfinished, place)
            except FileExistsError:
                if data_set_bytes(place) == data_set_bytes(unfinished):
                    return place, False
                raise InstanceUnwritable(
                    f"{place} holds another data set with the same SOP Instance UID; it stays as "
                    "it is",
                    path=str(place),
                ) from None
        return place, True


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A file in the folder that is gone afterwards."""
    path = folder / f".{uuid.uuid4().hex}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield path
    except (InstanceUnreadable, InstanceUnwritable):
        raise
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write into {folder}: {error.strerror or error}", path=str(folder)
        ) from error
    finally:
        with suppress(OSError):
            path.unlink()


def data_set_bytes(path: Path) -> bytes:
    """A file's data set as it is encoded, without preamble and file meta information.

    Raises
    ------
    InstanceUnreadable
        It has no file meta information.
    """
    content = path.read_bytes()
    return content[data_set_offset(content[:4096], path) :]


def data_set_offset(head: bytes, path: Path) -> int:
    """Where a file's data set begins: after group 0002, whose length stands in it (PS3.10 7.1)."""
    if head[128:132] != b"DICM" or head[132:140] != b"\x02\x00\x00\x00UL\x04\x00":
        raise InstanceUnreadable(
            f"cannot read {path}: it has no file meta information", path=str(path)
        )
    return 144 + int.from_bytes(head[140:144], "little")


def _is_dicom(path: Path) -> bool:
    if not path.is_file() or path.name.startswith("."):
        return False
    with path.open("rb") as file:
        return file.read(132)[128:] == b"DICM"


def _safe(name: str) -> str:
    """A name from another system as that of a file: it must not lead out of the folder."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", name).lstrip(".")[:100] or "_"
