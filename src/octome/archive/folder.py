"""A folder that stores instances, each whole or not at all, and never over another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from octome.dicom.content import reason
from octome.dicom.folder import Refused, dicom_files_below
from octome.dicom.instance_identity import InstanceIdentity, instance_identity
from octome.dicom.part10 import is_part10_file, read_header
from octome.errors import InstanceUnreadable, InstanceUnwritable
from octome.files import new_folder, remove_abandoned, unnamed_file

CHUNK = 1 << 20


def dicom_files(paths: Iterable[Path], refused: Refused) -> Iterator[Path]:
    """The DICOM files among these files, and in these folders and those below.

    Parameters
    ----------
    paths : iterable of Path
    refused : callable
        Called for each folder that cannot be entered and each file in a folder that cannot be read.

    Raises
    ------
    InstanceUnreadable
        A missing path, a folder without any DICOM file, or a named file that is not a DICOM
        file.
    """
    for path in paths:
        if path.is_dir():
            is_empty = True
            for file in dicom_files_below(path, refused):
                is_empty = False
                yield file
            if is_empty:
                raise InstanceUnreadable(f"there is no DICOM file in {path}", path=str(path))
        else:
            _check_named(path)
            yield path


def _check_named(path: Path) -> None:
    try:
        why = "" if is_part10_file(path) else "it is not a DICOM file"
    except OSError as error:
        why = reason(error)
    if why:
        raise InstanceUnreadable(f"cannot read {path}: {why}", path=str(path))


class InstanceFolder:
    """A folder of studies of series of instances."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Files that a killed process was storing.
        remove_abandoned(path)

    def create(self) -> None:
        """Create the folder if it does not exist.

        Raises
        ------
        InstanceUnwritable
            The system cannot create it, for example because a file has its name.
        """
        with _kept(self.path), unnamed_file(self.path):
            pass

    def path_of(self, instance: InstanceIdentity) -> Path:
        """The file of an instance: study, series, instance by their UIDs."""
        study = instance.study or "no-study"
        series = instance.series or "no-series"
        modality = instance.modality or "OT"
        names = (study, f"{modality}-{series}", f"{instance.sop_instance}.dcm")
        return self.path.joinpath(*(_safe(name) for name in names))

    def put(self, write: Callable[[BinaryIO], object]) -> tuple[Path, bool]:
        """Store an instance that `write` writes as a file.

        Returns
        -------
        path : Path
        is_new : bool
            False if the same data set was already there.

        Raises
        ------
        InstanceUnreadable
            The written file is not an instance.
        InstanceUnwritable
            The system cannot write it, or the folder holds another data set with this UID; no
            partial file is left.
        """
        with _kept(self.path), unnamed_file(self.path) as unnamed:
            write(unnamed.file)
            # Before the folders of its study are created: a full disk leaves none of them.
            unnamed.sync()
            path = self.path_of(instance_identity(unnamed.path))
            new_folder(path.parent)
            try:
                unnamed.place(path)
            except FileExistsError:
                if _is_same_data_set(path, unnamed.path):
                    return path, False
                raise InstanceUnwritable(
                    f"{path} holds another data set with the same SOP Instance UID; the "
                    "first is kept",
                    path=str(path),
                ) from None
        return path, True


@contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Turn an error of the system into one clear error."""
    try:
        new_folder(folder)
        yield
    except (InstanceUnreadable, InstanceUnwritable):
        raise
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write into {folder}: {error.strerror or error}", path=str(folder)
        ) from error


def _is_same_data_set(one: Path, other: Path) -> bool:
    """Whether two files differ only in preamble and file meta information."""
    with one.open("rb") as here, other.open("rb") as there:
        here.seek(read_header(one).start)
        there.seek(read_header(other).start)
        while True:
            piece = here.read(CHUNK)
            if piece != there.read(CHUNK):
                return False
            if not piece:
                return True


def _safe(name: str) -> str:
    """A name from another system as a file name: it must not lead out of the folder."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", name).lstrip(".")[:100] or "_"
