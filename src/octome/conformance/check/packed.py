"""Packed files: gzip files, and the entries of zip files, unpacked one at a time within limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from octome.dicom.content import LARGEST_READ, reason
from octome.dicom.data_set import Buffer
from octome.errors import InstanceUnreadable

if TYPE_CHECKING:
    from zipfile import ZipFile

ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
MOST_UNPACKED = 16 << 30  # bytes of one packed file
MOST_ENTRIES = 100_000
PIECE = 1 << 20
HEAD = 1024  # bytes
# How much of the free space for temporary files one file may unpack to. What it shrinks by says
# nothing: a mask of mostly zeros shrinks as far as deflate can, about 1030 times.
SHARE_OF_DISK = 0.5

Refused = Callable[[InstanceUnreadable], object]


class Entry(NamedTuple):
    """A file within a packed one: what it is called, its number there, and how large it may be."""

    name: str
    number: int
    most: int


def is_packed(path: Path) -> bool:
    """Whether a file begins as a gzip or a zip file; false if it cannot be read."""
    try:
        with path.open("rb") as file:
            return begins_packed(file.read(4))
    except OSError:
        return False  # reading it as an instance says why


def begins_packed(head: bytes) -> bool:
    """Whether these are the first bytes of a gzip or a zip file."""
    return head[:4] == ZIP or head[:2] == GZIP


def entries(
    path: Path, name: str, refused: Refused, most: int | None = None
) -> Iterator[tuple[Entry, bytes]]:
    """Each file that a packed one holds, with its first bytes; no more of it is unpacked yet.

    Parameters
    ----------
    path : Path
        A gzip or a zip file.
    name : str
        What it is called in reports.
    refused : callable
        Called for what cannot be unpacked: all of it, or one entry.
    most : int, optional
        How many bytes it may unpack to; `MOST_UNPACKED` if None.
    """
    most = MOST_UNPACKED if most is None else most
    try:
        with _explained(name):
            if _is_gzip(path):
                with _opened(path, 0) as whole:
                    head = whole.read(HEAD)
                yield Entry(name, 0, most), head
            else:
                yield from _entries(path, name, refused, most)
    except InstanceUnreadable as error:
        refused(error)


def content_of_entry(path: Path, entry: Entry) -> Buffer:
    """The content of a file within a packed one.

    A large one is in a file without a name: it is gone with the process, even if that is killed.

    Raises
    ------
    InstanceUnreadable
        It is damaged, or larger than it may be.
    """
    with _explained(entry.name), _opened(path, entry.number) as whole:
        content = whole.read(min(LARGEST_READ, entry.most) + 1)
        if len(content) > entry.most:
            raise TooMuch(entry.most)
        if len(content) <= LARGEST_READ:
            return content
        from tempfile import TemporaryFile

        with TemporaryFile() as file:
            file.write(content)
            _copied(whole.read, file, min(entry.most, _room()), len(content))
            file.flush()
            return mmap(file.fileno(), 0, access=ACCESS_READ)


def unpacked(path: Path, entry: Entry, folder: Path) -> Path:
    """A file within a packed one, written to a folder.

    Raises
    ------
    InstanceUnreadable
        It is damaged, or larger than it may be.
    """
    with _explained(entry.name), _opened(path, entry.number) as whole:
        return written(whole.read, folder, min(entry.most, _room()))


class TooMuch(Exception):
    """More bytes than allowed."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def written(read: Callable[[int], bytes], folder: Path, most: int) -> Path:
    """Write a file with a name of its own.

    Raises
    ------
    TooMuch
        There are more bytes than allowed; what there is of the file was removed.
    """
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(dir=folder, delete=False) as file:
        try:
            _copied(read, file, most)
        except TooMuch:
            Path(file.name).unlink()
            raise
    return Path(file.name)


def _copied(read: Callable[[int], bytes], file: IO[bytes], most: int, size: int = 0) -> None:
    while piece := read(PIECE):
        size += len(piece)
        if size > most:
            raise TooMuch(most)
        file.write(piece)


def _entries(path: Path, name: str, refused: Refused, most: int) -> Iterator[tuple[Entry, bytes]]:
    left = most
    archive = _archive(path, path.stat().st_mtime_ns)
    found = archive.infolist()
    if len(found) > MOST_ENTRIES:
        refused(_error(name, f"it has more than {MOST_ENTRIES:,} entries"))
        return
    names = own_names([entry.filename for entry in found])
    for number, (entry, own_name) in enumerate(zip(found, names, strict=True)):
        own = f"{name}/{own_name}"
        if entry.is_dir():
            continue
        if entry.flag_bits & 1:
            refused(_error(own, "it is encrypted"))
            continue
        left -= entry.file_size
        if left < 0:
            raise TooMuch(most)
        try:
            with _explained(own), _opened(path, number) as whole:
                head = whole.read(HEAD)
        except InstanceUnreadable as error:
            refused(error)
            continue
        yield Entry(own, number, entry.file_size), head


def own_names(names: Sequence[str]) -> list[str]:
    """What the entries of a zip file are called: each in its own way, and none leads out of it.

    Examples
    --------
    >>> own_names(["../frog.dcm", "frog.dcm", "/pond"])
    ['frog.dcm', 'frog (2).dcm', 'pond']
    """
    found: dict[str, int] = {}
    for name in names:
        parts = [part for part in name.split("/") if part not in ("", ".", "..")]
        whole = "/".join(parts) or "entry"
        own, path = whole, PurePosixPath(whole)
        while own in found:
            found[whole] += 1
            own = str(path.with_name(f"{path.stem} ({found[whole]}){path.suffix}"))
        found[own] = 1
    return list(found)


def _room() -> int:
    """How many bytes one file may unpack to, by the free space for temporary files."""
    from shutil import disk_usage
    from tempfile import gettempdir

    return int(disk_usage(gettempdir()).free * SHARE_OF_DISK)


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == GZIP


def _opened(path: Path, number: int) -> IO[bytes]:
    """A gzip file, or an entry of a zip file, to read what it unpacks to."""
    if _is_gzip(path):
        import gzip

        return cast("IO[bytes]", gzip.open(path))
    archive = _archive(path, path.stat().st_mtime_ns)
    return archive.open(archive.infolist()[number])


@lru_cache(maxsize=1)
def _archive(path: Path, _changed: int) -> ZipFile:
    """A zip file; kept, as reading the list of its entries takes as long as reading many."""
    from zipfile import ZipFile

    return ZipFile(path)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Errors of unpacking as one that says why."""
    import zlib
    from gzip import BadGzipFile
    from zipfile import BadZipFile

    try:
        yield
    except TooMuch as error:
        raise _error(name, f"it unpacks to more than {error.most >> 20:,} MB") from error
    except NotImplementedError as error:
        raise _error(name, f"it is packed in an unknown way: {error}") from error
    except zlib.error as error:
        raise _error(name, "it is damaged: its content cannot be unpacked") from error
    except EOFError as error:
        raise _error(name, "it is damaged: it is cut short") from error
    except (BadGzipFile, BadZipFile, ValueError) as error:
        raise _error(name, _damage(str(error))) from error
    except OSError as error:
        raise _error(
            name, f"it is damaged: {error}" if error.errno is None else reason(error)
        ) from error


def _damage(words: str) -> str:
    """Why a packed file cannot be read, from the words of Python's error."""
    if words.startswith("Not a gzipped file"):  # its first bytes are those of gzip
        return "other bytes follow its packed content; gzip -d unpacks it without them"
    if words.startswith(("CRC check failed", "Incorrect length", "Bad CRC-32")):
        return "it is damaged: its content does not have the checksum that it states"
    if words == "File is not a zip file":  # it begins like one
        return "it is damaged: it has no list of its entries at its end, so it may be cut short"
    return f"it is damaged: {words}"


def _error(name: str, why: str) -> InstanceUnreadable:
    return InstanceUnreadable(f"cannot read {name}: {why}", path=name)
