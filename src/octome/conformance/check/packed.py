"""Packed files: a gzip file, and the entries of a zip file, unpacked within limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from octome.dicom.content import reason
from octome.errors import InstanceUnreadable

ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
MOST_UNPACKED = 16 << 30  # bytes of one packed file
MOST_ENTRIES = 100_000
PIECE = 1 << 20
# An entry that is larger than this and shrinks more than so many times holds nothing real.
LARGE, MOST_RATIO = 64 << 20, 200

Refused = Callable[[InstanceUnreadable], object]


def is_packed(path: Path) -> bool:
    """Whether a file begins as a gzip or a zip file; false if it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError:
        return False  # reading it as an instance says why
    return head == ZIP or head[:2] == GZIP


def unpacked(
    path: Path, name: str, folder: Path, refused: Refused, most: int | None = None
) -> Iterator[tuple[str, Path]]:
    """Each file that a packed one holds: its name, and where it is now.

    The files get names of their own, so that no entry can lead out of the folder.

    Parameters
    ----------
    path : Path
        A gzip or a zip file.
    name : str
        What it is called in reports.
    folder : Path
        Where the files are written.
    refused : callable
        Called for what cannot be unpacked: all of it, or one entry.
    most : int, optional
        How many bytes it may unpack to; `MOST_UNPACKED` if None.
    """
    import zlib
    from zipfile import BadZipFile

    most = MOST_UNPACKED if most is None else most

    try:
        with path.open("rb") as file:
            if file.read(2) == GZIP:
                import gzip

                packed_size = path.stat().st_size
                limit = min(most, max(LARGE, MOST_RATIO * packed_size))
                with gzip.open(path) as whole:
                    yield name, written(whole.read, folder, limit)
            else:
                yield from _entries(path, name, folder, refused, most)
    except TooMuch as error:
        refused(_error(name, f"it unpacks to more than {error.most >> 20:,} MB"))
    except (BadZipFile, EOFError, zlib.error, ValueError) as error:
        refused(_error(name, f"it is damaged: {error}"))
    except OSError as error:
        refused(_error(name, reason(error)))


class TooMuch(Exception):
    """More bytes than allowed; what there is of the file was removed."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def _entries(
    path: Path, name: str, folder: Path, refused: Refused, most: int
) -> Iterator[tuple[str, Path]]:
    import zlib
    from zipfile import BadZipFile, ZipFile

    left = most
    with ZipFile(path) as archive:
        entries = [one for one in archive.infolist() if not one.is_dir()]
        if len(entries) > MOST_ENTRIES:
            refused(_error(name, f"it has more than {MOST_ENTRIES:,} entries"))
            return
        for entry in entries:
            own = f"{name}/{entry.filename}"
            if entry.flag_bits & 1:
                refused(_error(own, "it is encrypted"))
                continue
            if entry.file_size > LARGE and entry.file_size > MOST_RATIO * entry.compress_size:
                refused(
                    _error(
                        own,
                        f"it unpacks to {entry.file_size / entry.compress_size:.0f} times its size",
                    )
                )
                continue
            try:
                with archive.open(entry) as whole:
                    found = written(whole.read, folder, left)
            except (BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
                refused(_error(own, f"it is damaged, or packed in an unknown way: {error}"))
                continue
            left -= found.stat().st_size
            yield own, found


def written(read: Callable[[int], bytes], folder: Path, most: int) -> Path:
    """Write a file with a name of its own.

    Raises
    ------
    TooMuch
        There are more bytes than allowed.
    """
    size = 0
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        while piece := read(PIECE):
            size += len(piece)
            if size > most:
                Path(file.name).unlink()
                raise TooMuch(most)
            file.write(piece)
    return Path(file.name)


def _error(name: str, why: str) -> InstanceUnreadable:
    return InstanceUnreadable(f"cannot read {name}: {why}", path=name)
