"""The files of a folder and the folders below it, and those that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from octome.dicom.content import reason
from octome.dicom.part10 import is_part10_file
from octome.errors import InstanceUnreadable

Refused = Callable[[InstanceUnreadable], object]


def files_below(folder: Path, refused: Refused) -> Iterator[Path]:
    """The regular files of a folder and those below it, in order.

    Hidden files and folders are left out. A link to a file is a file; a link to a folder is not
    followed.

    Parameters
    ----------
    folder : Path
    refused : callable
        Called for each folder that cannot be entered, and each link that leads nowhere.
    """

    def not_entered(error: OSError) -> None:
        where = error.filename or folder
        refused(
            InstanceUnreadable(f"cannot enter the folder {where}: {reason(error)}", path=str(where))
        )

    for inside, folders, names in os.walk(folder, onerror=not_entered):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(inside, name)
            if name.startswith("."):
                continue
            if path.is_file():
                yield path
            elif path.is_symlink() and not path.exists():
                why = "it is a link to a file that is not there"
                refused(InstanceUnreadable(f"cannot read {path}: {why}", path=str(path)))


def dicom_files_below(folder: Path, refused: Refused) -> Iterator[Path]:
    """The DICOM files of a folder and those below it, in order, with any names.

    Parameters
    ----------
    folder : Path
    refused : callable
        Called for each folder that cannot be entered and each file that cannot be read.
    """
    for path in files_below(folder, refused):
        try:
            is_dicom = is_part10_file(path)
        except OSError as error:
            refused(InstanceUnreadable(f"cannot read {path}: {reason(error)}", path=str(path)))
        else:
            if is_dicom:
                yield path
