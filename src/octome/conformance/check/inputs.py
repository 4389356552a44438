"""What is to be checked, as files with names: files, folders, packed files, standard input.

A file can be JSON or XML: each instance of a list is a file of its own. So is each instance at an
address of DICOMweb.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from octome.conformance.check.model_input import (
    Model,
    instance_files,
    model_in,
    model_of,
    read_instance,
)
from octome.conformance.rules.sop_class import DIRECTORY, DIRECTORY_NAME
from octome.dicom.folder import dicom_files_below, files_below
from octome.dicom.part10 import Encoded, read_encoded
from octome.errors import InstanceUnreadable, printable

if TYPE_CHECKING:
    from octome.conformance.check.packed import Entry

STANDARD_INPUT = Path("-")
STANDARD_INPUT_NAME = "(standard input)"
HEAD = 512  # bytes, enough for the class in the File Meta Information
# Media Storage SOP Class UID, its VR, its length, and the UID.
DIRECTORY_CLASS = b"\x02\0\x02\0UI\x14\0" + DIRECTORY.encode()

Source = Path | str
Refused = Callable[[InstanceUnreadable], object]
Folder = Callable[[], Path]
"""A folder for what has to be written, created when it is first needed."""


class Input(NamedTuple):
    """A file to check: where it is, what it is called, and whether a user has named it.

    `entry` is the part of a packed file that it is; it is unpacked when it is read.
    """

    path: Path
    name: str
    is_named: bool
    model: Model | None = None
    entry: Entry | None = None


def inputs_of(paths: Sequence[Source], folder: Folder, refused: Refused) -> Iterator[Input]:
    """The files that some paths stand for: named ones first, then those of folders.

    Parameters
    ----------
    paths : sequence of Path or str
        Files, packed files, folders; ``-`` for standard input; an address of DICOMweb as text. A
        DICOMDIR stands for the DICOM files of its folder too.
    folder : callable
        Returns the folder where what is received is written.
    refused : callable
        Called for what cannot be read.
    """
    for path in paths:
        if isinstance(path, str):
            from octome.conformance.check.web_input import retrieved

            for name, file in retrieved(path, folder(), refused):
                yield from _inputs(file, name, folder, refused, is_named=True)
        elif path == STANDARD_INPUT:
            received = _received(folder(), refused)
            if received is not None:
                yield from inputs_of_file(received, STANDARD_INPUT_NAME, folder, refused)
        elif not path.is_dir():
            yield from inputs_of_file(path, str(path), folder, refused)
    for path in paths:
        if isinstance(path, Path) and path.is_dir():
            for file in files_below(path, refused):
                yield from inputs_of_file(file, str(file), folder, refused, is_named=False)
    yield from _of_directories([path for path in paths if isinstance(path, Path)], refused)


def _of_directories(paths: Sequence[Path], refused: Refused) -> Iterator[Input]:
    """The DICOM files next to and below each named DICOMDIR that are not given themselves."""
    given = {path.absolute() for path in paths}
    for path in [path for path in paths if path.is_file() and _is_directory(path)]:
        for file in dicom_files_below(path.parent, refused):
            whole = file.absolute()
            if given.isdisjoint((whole, *whole.parents)):
                given.add(whole)
                yield Input(file, str(file), is_named=False)


def _is_directory(path: Path) -> bool:
    """Whether a file is called DICOMDIR, and its File Meta Information states that (PS3.10 8.6)."""
    if path.name.upper() != DIRECTORY_NAME:
        return False
    try:
        with path.open("rb") as file:
            return DIRECTORY_CLASS in file.read(HEAD)
    except OSError:
        return False  # reading it as an instance says why


def inputs_of_file(
    path: Path,
    name: str,
    folder: Folder,
    refused: Refused,
    *,
    is_named: bool = True,
    most: int | None = None,
) -> Iterator[Input]:
    """The files that one file stands for: itself, what it unpacks to, the instances of a list.

    Parameters
    ----------
    path : Path
    name : str
        What it is called in reports.
    folder : callable
        Returns the folder where the instances of a list are written.
    refused : callable
        Called for what cannot be read.
    is_named : bool
        Whether a user has named it.
    most : int, optional
        How many bytes it may unpack to; the limit of the check if None.
    """
    from octome.conformance.check.packed import begins_packed, entries, is_packed, unpacked

    if not path.is_file() or not is_packed(path):
        yield from _inputs(path, name, folder, refused, is_named=is_named)
        return
    for entry, head in entries(path, name, refused, most):
        own, is_own_named = entry.name, is_named and entry.name == name
        if begins_packed(head):
            why = "it is a packed file inside another one"
            refused(InstanceUnreadable(f"cannot read {own}: {why}", path=own))
        elif model_in(head) is None:
            yield Input(path, own, is_own_named, entry=entry)
        else:
            try:
                found = unpacked(path, entry, folder())
            except InstanceUnreadable as error:
                refused(error)
                continue
            yield from _inputs(found, own, folder, refused, is_named=is_own_named)


def _inputs(
    path: Path, name: str, folder: Folder, refused: Refused, *, is_named: bool
) -> Iterator[Input]:
    """The instances of one file: one, or those of a list in JSON."""
    model = model_of(path)
    if model is None:
        yield Input(path, name, is_named)
        return
    try:
        for own, file in instance_files(path, name, folder(), model):
            yield Input(file, own, is_named, model)
    except InstanceUnreadable as error:
        refused(error)


def read_input(file: Input, vr_of: Mapping[int, str]) -> Encoded:
    """Read the instance of a file.

    Raises
    ------
    InstanceUnreadable
        It is not an instance, or cannot be read.
    """
    if file.entry:
        from octome.conformance.check.packed import content_of_entry

        return read_encoded(content_of_entry(file.path, file.entry), vr_of, name=file.name)
    try:
        if file.model:
            return read_instance(file.path, file.name, file.model, vr_of)
        return read_encoded(file.path, vr_of)
    except InstanceUnreadable as error:
        # An unpacked file is not where its name says.
        message = str(error).replace(printable(str(file.path)), file.name)
        raise type(error)(message, path=file.name) from error


def _received(folder: Path, refused: Refused) -> Path | None:
    """Standard input as a file; None if it is larger than what a packed file may hold."""
    from octome.conformance.check.packed import MOST_UNPACKED, TooMuch, written

    try:
        return written(sys.stdin.buffer.read, folder, MOST_UNPACKED)
    except TooMuch:
        why = f"it has more than {MOST_UNPACKED >> 30} GB"
        name = STANDARD_INPUT_NAME
        refused(InstanceUnreadable(f"cannot read {name}: {why}", path=name))
        return None
