"""A finished file put in its place: whole, and never over another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

# What a file system says that has no hard links (exFAT, some network shares).
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES}


def place(finished: Path, path: Path) -> None:
    """Give a finished file its name.

    Parameters
    ----------
    finished : Path
        In the same folder, or the same file system. It may or may not be there afterwards.
    path : Path

    Raises
    ------
    FileExistsError
        There is a file of that name; it stays as it is.
    OSError
        The system refuses.
    """
    try:
        # A link refuses to replace what is there, unlike a renaming.
        os.link(finished, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # Claim the name, which fails if it is taken, then fill it.
        path.open("xb").close()
        finished.replace(path)
