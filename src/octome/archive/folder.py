"""A folder that stores instances, each whole or not at all, and never over another."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from octome.archive.folder_name import (
    EYES,
    MARK,
    NO_EYE,
    eye_folder,
    file_name,
    patient_folder,
    study_folder,
)
from octome.dicom.content import reason
from octome.dicom.folder import Refused, dicom_files_below
from octome.dicom.instance_identity import InstanceIdentity, identity_of, instance_identity
from octome.dicom.part10 import is_part10_file, read_header
from octome.errors import InstanceConflict, InstanceUnreadable, InstanceUnwritable, OctomeError
from octome.files import UnnamedFile, new_folder, remove_abandoned, sync_folder, unnamed_file

CHUNK = 1 << 20
LEAST_FREE = 1 << 20  # bytes that can be written into a folder at first
LOCKS = 64
UID = re.compile(r"[0-9.]{1,64}")
UID_FILE = re.compile(r"[0-9.]{1,64}\.dcm")


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
    """A folder of instances, with a folder for each patient, in it for each study and each eye.

    What a killed process left is removed when it is opened: files that were not complete, and
    folders that got none.

    Parameters
    ----------
    path : Path
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.removed = 0
        """The number of files that were not complete."""
        # The files by name, which is the SOP Instance UID; others are added when they are met.
        self._known: dict[str, Path] = {}
        self._met: set[Path] = set()
        self._on_disk: set[Path] = set()
        self._chosen: dict[tuple[Path, str], Path] = {}
        self._choosing = threading.Lock()
        # Two data sets with one UID must not be stored at once; others may.
        self._storing = tuple(threading.Lock() for _ in range(LOCKS))
        self._open()

    def _open(self) -> None:
        for inside, _, names in os.walk(self.path, topdown=False):
            folder = Path(inside)
            self.removed += remove_abandoned(folder)
            for name in names:
                if UID_FILE.fullmatch(name):
                    self._known[name] = folder / name
            if folder != self.path and _is_ours(folder):
                with suppress(OSError):
                    folder.rmdir()  # fails unless it is empty

    def create(self) -> None:
        """Create the folder if it does not exist, and write into it for a try.

        Raises
        ------
        InstanceUnwritable
            The system cannot create it or store a file in it: a file has its name, it is read-only,
            the disk is full.
        """
        with kept(self.path), unnamed_file(self.path) as unnamed:
            unnamed.file.write(bytes(LEAST_FREE))
            unnamed.sync()

    def path_of(self, instance: InstanceIdentity) -> Path:
        """The file of an instance, in the folders of its patient, its study and its eye.

        A patient or a study that has a folder keeps it, also if its readable part has been renamed.
        """
        with self._choosing:
            patient = self._marked(self.path, patient_folder(instance))
            study = self._marked(patient, study_folder(instance))
        return study / eye_folder(instance) / file_name(instance)

    def _marked(self, parent: Path, name: str) -> Path:
        """The folder with the mark of a name, whatever its readable part is."""
        mark = name[name.rindex("~") :]
        path = self._chosen.setdefault((parent, mark), parent / name)
        if not path.is_dir() and parent.is_dir():
            path = next((each for each in parent.iterdir() if each.name.endswith(mark)), path)
            self._chosen[parent, mark] = path
        return path

    def holding(self, sop_instance: str) -> Path | None:
        """The file of an instance; None if it is not here.

        Files that other programs named count from the first new instance of their study on.
        """
        path = self._known.get(f"{sop_instance}.dcm")
        return path if path is not None and path.is_file() else None

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """An instance that arrives: a hidden file, which is removed unless it is stored.

        Raises
        ------
        InstanceUnwritable
            The system cannot write it.
        """
        with kept(self.path), unnamed_file(self.path) as unnamed:
            yield Incoming(self, unnamed)

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
        InstanceConflict
            The folder holds another data set with this UID.
        InstanceUnwritable
            The system cannot write it; no partial file is left.
        """
        with self.incoming() as incoming:
            write(incoming.file)
            return incoming.store()

    def store(self, unnamed: UnnamedFile, name: str) -> tuple[Path, bool]:
        """Give a file its place, on the disk; see `Incoming.store`."""
        # Before the folders of its study are created: a full disk leaves none of them.
        unnamed.sync()
        identity = instance_identity(unnamed.path, name=name)
        _check_uids(identity, name)
        path = self.path_of(identity)
        with self._storing[hash(path.name) % LOCKS]:
            self._meet(path.parents[1])
            known = self._known.get(path.name)
            if known is None or not known.is_file():
                try:
                    self._place(unnamed, path)
                except FileExistsError:
                    known = path  # another process stored it since
                else:
                    self._known[path.name] = path
                    return path, True
            if is_same_data_set(known, unnamed.path):
                return known, False
        raise InstanceConflict(
            f"{known} holds another data set with the same SOP Instance UID; the first is kept",
            path=str(known),
        )

    def _meet(self, study: Path) -> None:
        """Learn which instances other programs wrote into the folder of a study."""
        for inside, _, names in os.walk(study):
            for name in names:
                path = Path(inside, name)
                if UID_FILE.fullmatch(name):
                    self._known.setdefault(name, path)
                elif path not in self._met and not name.startswith("."):
                    self._met.add(path)
                    with suppress(InstanceUnreadable):
                        self._known[file_name(identity_of(read_header(path)))] = path

    def _place(self, unnamed: UnnamedFile, path: Path) -> None:
        self._create_folders(path.parent)
        try:
            unnamed.place(path)
        except FileNotFoundError:
            # Another process that opened this folder found one of these folders empty.
            self._on_disk.clear()
            self._create_folders(path.parent)
            unnamed.place(path)

    def _create_folders(self, eye: Path) -> None:
        if eye in self._on_disk:
            return
        new_folder(eye)
        # Also those that another thread has created and not yet synced.
        for folder in (eye.parents[0], eye.parents[1], eye.parents[2]):
            sync_folder(folder)
        self._on_disk.add(eye)


@dataclass(frozen=True)
class Incoming:
    """An instance that arrives."""

    folder: InstanceFolder
    unnamed: UnnamedFile

    @property
    def file(self) -> BinaryIO:
        """To write to."""
        return self.unnamed.file

    def store(self, name: str = "what was received") -> tuple[Path, bool]:
        """Store it in its place: when this returns, the file and its folders are on the disk.

        Parameters
        ----------
        name : str
            What it is called in errors.

        Returns
        -------
        path : Path
        is_new : bool
            False if the same data set was already there.

        Raises
        ------
        InstanceUnreadable
            It is not an instance, or is damaged.
        InstanceConflict
            The folder holds another data set with this UID.
        InstanceUnwritable
            The system cannot write it.
        """
        with kept(self.folder.path):
            return self.folder.store(self.unnamed, name)


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Turn an error of the system into one clear error."""
    try:
        new_folder(folder)
        yield
    except OctomeError:
        raise
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write into {folder}: {error.strerror or error}", path=str(folder)
        ) from error


def _check_uids(instance: InstanceIdentity, name: str) -> None:
    """Refuse what a sender must correct: a UID of text would be sent on, and found nowhere."""
    # Not every instance belongs to a study.
    stated = {"SOPInstanceUID": instance.sop_instance, "StudyInstanceUID": instance.study or "0"}
    for keyword, uid in stated.items():
        if not UID.fullmatch(uid):
            raise InstanceUnreadable(f"cannot read {name}: its {keyword} is not a UID")


def _is_ours(folder: Path) -> bool:
    return bool(MARK.search(folder.name)) or folder.name in (*EYES.values(), NO_EYE)


def is_same_data_set(one: Path, other: Path) -> bool:
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
