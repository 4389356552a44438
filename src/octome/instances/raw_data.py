"""A: what the scanner recorded, losslessly, a Raw Data instance (PS3.3 A.37).

The array and what belongs to it stand in private elements; the private creator of both groups is
`OCTOME RAW OCT`. A reader needs no more than this table:

    (0079,xx01)  CS  what is held: SPECTRA, axes B R X K; or BSCANS, axes B R Z X
    (0079,xx02)  UL  length of the four axes: B-scans, repeats, and the last two
    (0079,xx03)  CS  type of one number: UINT16, FLOAT32 or COMPLEX64 (two FLOAT32)
    (0079,xx04)  FD  mm between A-scans
    (0079,xx05)  FD  mm between B-scans
    (0079,xx06)  FD  A-scans a second
    (0079,xx07)  FD  ms from an A-scan to the same one in the next repeat
    (0079,xx08)  FD  mm between rows, where that is known without a calibration
    (0079,xx10)  OD  wavenumber of each of K samples, rad/um; absent without a calibration
    (0079,xx11)  FD  phase of the dispersion, rad, of u**2, u**3 ... (u from -1 to 1); may be absent
    (0079,xx12)  FD  refractive index of the tissue
    (0079,xx20)  UT  what else the recorder said, as JSON
    (7FE1,xx01 and on)  OB  the array, little endian, last axis fastest; whole B-scan positions to
                        an element, as many as fit into 2 GB
    (7FE1,xxFF)  LO  SHA-256 of all of it, in hexadecimal digits

Creator-Version UID changes when this table does.
"""

from __future__ import annotations

import hashlib
import json
import math
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
from pydicom.datadict import add_private_dict_entries
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset, PrivateBlock
from pydicom.filereader import data_element_generator
from pydicom.valuerep import DT

from octome.errors import InstanceUnreadable
from octome.instances.bounded_file import BoundedFile
from octome.instances.code import VOLUME_OF_FRAMES, coded
from octome.instances.composite import Reference, Series, composite
from octome.instances.exam import Exam
from octome.instances.file import InstanceFile, read_instance, reading, write_instance
from octome.instances.kind import RAW, RAW_DATA_FORMAT
from octome.octa.acquisition import ArrayLike, RawAcquisition
from octome.octa.calibration import Calibration
from octome.octa.kernel import blocks

CREATOR = "OCTOME RAW OCT"
FACTS_GROUP, ARRAY_GROUP = 0x0079, 0x7FE1
DIGEST = 0xFF
DTYPES = {"UINT16": "<u2", "FLOAT32": "<f4", "COMPLEX64": "<c8"}
PART_BYTES = 2**31  # of one element
BSCANS_AT_ONCE = 16
_NAMES = {
    0x01: ("CS", "1", "Held"), 0x02: ("UL", "4", "Shape"), 0x03: ("CS", "1", "Type of Number"),
    0x04: ("FD", "1", "A-scan Spacing"), 0x05: ("FD", "1", "B-scan Spacing"),
    0x06: ("FD", "1", "A-scan Rate"), 0x07: ("FD", "1", "Repeat Interval"),
    0x08: ("FD", "1", "Axial Spacing"), 0x10: ("OD", "1", "Wavenumber"),
    0x11: ("FD", "1-n", "Dispersion"), 0x12: ("FD", "1", "Refractive Index"),
    0x20: ("UT", "1", "Recorder's Facts"),
}  # fmt: skip
_NUMBERS = {0x04: "ascan_mm", 0x05: "bscan_mm", 0x06: "ascan_rate_hz", 0x07: "repeat_interval_ms"}
# So that they keep their names and types in files of Implicit VR too.
add_private_dict_entries(
    CREATOR, {FACTS_GROUP << 16 | 0x1000 | at: (*name, "") for at, name in _NAMES.items()}
)

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class StoredAcquisition:
    """An acquisition in a file; its array is read as slices of it are asked for."""

    file: InstanceFile
    acquisition: RawAcquisition
    digest: str
    """SHA-256 of the array."""

    @property
    def header(self) -> Dataset:
        """All but the array."""
        return self.file.header

    def check(self) -> None:
        """See that the array is what was written.

        Raises
        ------
        InstanceUnreadable
            Its digest is another.
        """
        if array_digest(self.acquisition.recorded) != self.digest:
            raise InstanceUnreadable(
                f"cannot trust {self.file.path}: its array has another digest than when it was "
                "written",
                path=str(self.file.path),
            )


def write_raw_data(
    path: str | Path,
    acquisition: RawAcquisition,
    exam: Exam,
    series: Series,
    *,
    made: tuple[Reference, ...] = (),
    progress: Progress | None = None,
) -> Dataset:
    """Write an acquisition, a few B-scans at a time.

    Parameters
    ----------
    path : path
    acquisition : RawAcquisition
    exam : Exam
    series : Series
    made : tuple of Reference
        The volumes that are made of it.
    progress : callable, optional
        Told the B-scans done and all of them.

    Returns
    -------
    instance : Dataset
        Without the array.

    Raises
    ------
    InstanceUnwritable
        The system refuses; nothing is left behind.
    """
    ds = composite(RAW, exam, series, by_scanner=True)
    # Fixed by octome: which layout the private elements have.
    ds.CreatorVersionUID = RAW_DATA_FORMAT
    # Given.
    ds.AcquisitionDateTime = DT(exam.acquired)
    ds.ImageLaterality = exam.laterality
    ds.AcquisitionContextSequence = []
    ds.ReferencedInstanceSequence = [_related(reference) for reference in made]
    if not made:
        del ds.ReferencedInstanceSequence
    _write_facts(ds.private_block(FACTS_GROUP, CREATOR, create=True), acquisition)
    write_instance(path, ds, payload=_encoded(acquisition.recorded, progress))
    return ds


def read_raw_data(path: str | Path) -> StoredAcquisition:
    """An acquisition that `write_raw_data` wrote.

    Raises
    ------
    InstanceUnreadable
        Another kind, another maker's private data, or damaged.
    """
    file = read_instance(path)
    with reading(path):
        if file.header.SOPClassUID != RAW.sop_class:
            raise InstanceUnreadable(
                f"it is of the class {file.header.SOPClassUID.name}, not {RAW.sop_class.name}"
            )
        if file.header.get("CreatorVersionUID") != RAW_DATA_FORMAT:
            raise InstanceUnreadable(
                "it is Raw Data, but in no layout of octome's: its Creator-Version UID is another"
            )
        block = file.header.private_block(FACTS_GROUP, CREATOR)
        parts, digest = _parts(file)
        facts = _facts(file.header, block)
        facts["spectra" if block[0x01].value == "SPECTRA" else "bscans"] = _array(
            file, parts, block
        )
        return StoredAcquisition(file, RawAcquisition(**facts), digest)


def array_digest(array: ArrayLike) -> str:
    """SHA-256 of an array's numbers, little endian, as Raw Data keeps it."""
    digest = hashlib.sha256()
    for piece in _pieces(array, None):
        digest.update(piece)
    return digest.hexdigest()


def _related(reference: Reference) -> Dataset:
    item = reference.item()
    item.PurposeOfReferenceCodeSequence = [coded(*VOLUME_OF_FRAMES)]
    return item


def _write_facts(block: PrivateBlock, acquisition: RawAcquisition) -> None:
    array, calibration = acquisition.recorded, acquisition.calibration
    held = "SPECTRA" if acquisition.spectra is not None else "BSCANS"
    values: dict[int, Any] = {0x01: held, 0x02: [int(n) for n in array.shape]}
    values[0x03] = _type_name(array.dtype)
    values |= {at: float(getattr(acquisition, name)) for at, name in _NUMBERS.items()}
    if acquisition.axial_mm is not None:
        values[0x08] = float(acquisition.axial_mm)
    if calibration is not None:
        values[0x10] = calibration.wavenumber.astype("<f8").tobytes()
        if calibration.dispersion:
            values[0x11] = list(calibration.dispersion)
        values[0x12] = float(calibration.refractive_index)
    values[0x20] = json.dumps(dict(acquisition.facts), ensure_ascii=False)
    for at, value in values.items():
        block.add_new(at, _NAMES[at][0], value)


def _type_name(dtype: np.dtype[Any]) -> str:
    for name, known in DTYPES.items():
        if np.dtype(known) == dtype.newbyteorder("<"):
            return name
    raise InstanceUnreadable(f"an array of {dtype} is none of {', '.join(DTYPES)}")


def _encoded(array: ArrayLike, progress: Progress | None) -> Iterator[bytes | memoryview]:
    """The elements of group 7FE1."""
    creator = CREATOR.encode()
    yield _short(0x0010, creator)
    digest = hashlib.sha256()
    for number, part in enumerate(_part_slices(array.shape, array.dtype.itemsize), 1):
        count = part.stop - part.start
        length = count * int(np.prod(array.shape[1:])) * array.dtype.itemsize
        yield struct.pack("<HH2sHL", ARRAY_GROUP, 0x1000 | number, b"OB", 0, length + length % 2)
        for piece in _pieces(array, progress, part):
            digest.update(piece)
            yield piece
        yield b"\0" * (length % 2)
    yield _short(0x1000 | DIGEST, digest.hexdigest().encode())


def _short(element: int, value: bytes) -> bytes:
    value += b" " * (len(value) % 2)
    return struct.pack("<HH2sH", ARRAY_GROUP, element, b"LO", len(value)) + value


def _part_slices(shape: tuple[int, ...], itemsize: int) -> Iterator[slice]:
    """The B-scan positions of each element."""
    position = math.prod(shape[1:]) * itemsize
    if position > PART_BYTES:
        raise InstanceUnreadable(f"one B-scan position has {position} bytes, more than 2 GB")
    return blocks(shape[0], max(1, PART_BYTES // position))


def _pieces(
    array: ArrayLike, progress: Progress | None, part: slice | None = None
) -> Iterator[memoryview]:
    """The array's bytes, a few B-scans at a time."""
    part = part or slice(0, array.shape[0])
    for block in blocks(part.stop - part.start, BSCANS_AT_ONCE):
        here = slice(part.start + block.start, part.start + block.stop)
        piece = np.asarray(array[here])
        piece = np.ascontiguousarray(piece, piece.dtype.newbyteorder("<"))
        yield piece.reshape(-1).view(np.uint8).data
        if progress is not None:
            progress(here.stop, array.shape[0])


def _parts(file: InstanceFile) -> tuple[list[tuple[int, int]], str]:
    """Offset and length of each element of the array, and the digest."""
    parts, digest = [], ""
    size = file.path.stat().st_size
    with file.path.open("rb") as stream:
        stream.seek(file.end)
        elements = data_element_generator(
            cast("BinaryIO", BoundedFile(stream)),
            is_implicit_VR=file.syntax.is_implicit_VR,
            is_little_endian=True,
            defer_size=1024,
        )
        for element in elements:
            if (
                not isinstance(element, RawDataElement)
                or element.tag.group != ARRAY_GROUP
                or element.tag.element <= 0xFF
            ):
                continue
            if element.tag.element & 0xFF == DIGEST:
                digest = bytes(element.value or b"").decode("ascii", "replace").strip(" \0")
                continue
            if element.value_tell + element.length > size:
                raise InstanceUnreadable("it ends within its array: the file was cut short")
            parts.append((element.value_tell, element.length))
    if not parts or not digest:
        raise InstanceUnreadable("its array is not there, or not whole: the file was cut short")
    return parts, digest


def _array(file: InstanceFile, parts: list[tuple[int, int]], block: PrivateBlock) -> ArrayLike:
    shape = tuple(int(n) for n in block[0x02].value)
    dtype = np.dtype(DTYPES[block[0x03].value])
    needed = math.prod(shape) * dtype.itemsize
    if min(shape) < 1 or needed > sum(length for _, length in parts):
        raise InstanceUnreadable(f"it says {needed} bytes of array: more than the file, or none")
    slices = list(_part_slices(shape, dtype.itemsize))
    if len(slices) != len(parts):
        raise InstanceUnreadable(f"its array is in {len(parts)} parts, not {len(slices)}")
    arrays = []
    for part, (offset, length) in zip(slices, parts, strict=True):
        here = (part.stop - part.start, *shape[1:])
        if math.prod(here) * dtype.itemsize > length:
            raise InstanceUnreadable(f"its array of {shape} {dtype} is longer than the file")
        arrays.append(np.memmap(file.path, dtype, "r", offset, here))
    return arrays[0] if len(arrays) == 1 else _InParts(arrays)


class _InParts:
    """Several arrays, one after the other along the first axis, as if they were one."""

    def __init__(self, arrays: list[np.memmap[Any, np.dtype[Any]]]) -> None:
        self._arrays = arrays
        self._starts = np.cumsum([0, *(len(array) for array in arrays)])
        self.shape: tuple[int, ...] = (int(self._starts[-1]), *arrays[0].shape[1:])
        self.dtype: np.dtype[Any] = arrays[0].dtype

    def __getitem__(self, key: Any) -> Any:
        first, *rest = key if isinstance(key, tuple) else (key,)
        asked = np.arange(self.shape[0])[first]
        found = np.stack([self._position(at) for at in np.atleast_1d(asked)])
        found = found[0] if np.ndim(asked) == 0 else found
        return found[tuple(rest) if np.ndim(asked) == 0 else (slice(None), *rest)]

    def _position(self, at: int) -> Any:
        part = int(np.searchsorted(self._starts, at, "right")) - 1
        return self._arrays[part][at - self._starts[part]]


def _facts(header: Dataset, block: PrivateBlock) -> dict[str, Any]:
    facts: dict[str, Any] = {name: _positive(block, at) for at, name in _NUMBERS.items()}
    if 0x08 in block:
        facts["axial_mm"] = _positive(block, 0x08)
    if 0x10 in block:
        wavenumber = np.frombuffer(block[0x10].value, "<f8")
        dispersion = np.atleast_1d(block[0x11].value if 0x11 in block else ()).astype(np.float64)
        if not (np.isfinite(wavenumber).all() and np.isfinite(dispersion).all()):
            raise InstanceUnreadable("its calibration is not made of numbers")
        facts["calibration"] = Calibration(
            wavenumber, tuple(dispersion.tolist()), _positive(block, 0x12)
        )
    facts["laterality"] = header.get("ImageLaterality") or None
    facts["facts"] = json.loads(block[0x20].value)
    if not isinstance(facts["facts"], dict):
        raise InstanceUnreadable(f"its {_NAMES[0x20][2]} are no JSON object")
    return facts


def _positive(block: PrivateBlock, at: int) -> float:
    value = float(block[at].value)
    if not 0 < value < np.inf:
        raise InstanceUnreadable(f"its {_NAMES[at][2]} is {value}")
    return value
