"""A: the scanner's recording, lossless, as a Raw Data instance (PS3.3 A.37).

The array and its metadata are in private elements; the private creator of both groups is
`OCTOME RAW OCT`. A reader needs no more than this table:

    (0079,xx01)  CS  content: SPECTRA, axes B R X K; or BSCANS, axes B R Z X
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
    (0079,xx20)  UT  other metadata of the recorder, as JSON
    (7FE1,xx01 and on)  OB  the array, little endian, last axis fastest; whole B-scan positions to
                        an element, as many as fit into 2 GB
    (7FE1,xxFF)  LO  SHA-256 of all of it, in hexadecimal digits

Creator-Version UID changes when this table does.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.datadict import add_private_dict_entries
from pydicom.dataset import Dataset, PrivateBlock
from pydicom.valuerep import DT

from octome.errors import InstanceUnreadable
from octome.instances.code import VOLUME_OF_FRAMES, coded
from octome.instances.composite import Reference, Series, composite
from octome.instances.exam import Exam
from octome.instances.file import write_instance
from octome.instances.instance_kind import RAW, RAW_DATA_FORMAT
from octome.instances.raw_array import (
    CREATOR,
    DTYPES,
    array_digest,
    array_in_file,
    array_parts,
    encoded_array,
    type_name,
)
from octome.instances.stored_instance import StoredInstance, reading_class
from octome.octa.acquisition import RawAcquisition
from octome.octa.calibration import Calibration

METADATA_GROUP = 0x0079
_NAMES = {
    0x01: ("CS", "1", "Held"), 0x02: ("UL", "4", "Shape"), 0x03: ("CS", "1", "Type of Number"),
    0x04: ("FD", "1", "A-scan Spacing"), 0x05: ("FD", "1", "B-scan Spacing"),
    0x06: ("FD", "1", "A-scan Rate"), 0x07: ("FD", "1", "Repeat Interval"),
    0x08: ("FD", "1", "Axial Spacing"), 0x10: ("OD", "1", "Wavenumber"),
    0x11: ("FD", "1-n", "Dispersion"), 0x12: ("FD", "1", "Refractive Index"),
    0x20: ("UT", "1", "Recorder's Metadata"),
}  # fmt: skip
_NUMBERS = {0x04: "ascan_mm", 0x05: "bscan_mm", 0x06: "ascan_rate_hz", 0x07: "repeat_interval_ms"}
# So that they keep their names and types in Implicit VR files too.
add_private_dict_entries(
    CREATOR, {METADATA_GROUP << 16 | 0x1000 | at: (*name, "") for at, name in _NAMES.items()}
)

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class StoredAcquisition(StoredInstance):
    """An acquisition in a file; its array is read slice by slice, as needed."""

    acquisition: RawAcquisition
    digest: str
    """SHA-256 of the array."""

    def check(self) -> None:
        """Check that the array is unchanged since it was written.

        Raises
        ------
        InstanceUnreadable
            It has another digest.
        """
        if array_digest(self.acquisition.recorded) != self.digest:
            raise InstanceUnreadable(
                f"cannot trust {self.file.path}: its array has a different digest than when it was "
                "written",
                path=str(self.file.path),
            )


def write_raw_data(
    path: str | Path,
    acquisition: RawAcquisition,
    exam: Exam,
    series: Series,
    *,
    volumes: tuple[Reference, ...] = (),
    progress: Progress | None = None,
) -> Dataset:
    """Write an acquisition, a few B-scans at a time.

    Parameters
    ----------
    path : path
    acquisition : RawAcquisition
    exam : Exam
    series : Series
    volumes : tuple of Reference
        The volumes reconstructed from it.
    progress : callable, optional
        Called with the number of B-scans done and of all.

    Returns
    -------
    instance : Dataset
        Without the array.

    Raises
    ------
    InstanceUnwritable
        The system cannot write it; no partial file is left.
    """
    ds = composite(RAW, exam, series, by_scanner=True)
    # Fixed by octome: the layout of the private elements.
    ds.CreatorVersionUID = RAW_DATA_FORMAT
    # Given.
    ds.AcquisitionDateTime = DT(exam.acquired)
    ds.ImageLaterality = exam.laterality
    ds.AcquisitionContextSequence = []
    ds.ReferencedInstanceSequence = [_related(reference) for reference in volumes]
    if not volumes:
        del ds.ReferencedInstanceSequence
    _write_metadata(ds.private_block(METADATA_GROUP, CREATOR, create=True), acquisition)
    write_instance(path, ds, payload=encoded_array(acquisition.recorded, progress))
    return ds


def read_raw_data(path: str | Path) -> StoredAcquisition:
    """An acquisition that `write_raw_data` wrote.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, private data of other software, or damaged.
    """
    with reading_class(path, RAW.sop_class) as file:
        if file.header.get("CreatorVersionUID") != RAW_DATA_FORMAT:
            raise InstanceUnreadable(
                "it is Raw Data, but not in octome's layout: it has another Creator-Version UID"
            )
        block = file.header.private_block(METADATA_GROUP, CREATOR)
        parts, digest = array_parts(file)
        metadata = _metadata(file.header, block)
        shape = tuple(int(length) for length in block[0x02].value)
        array = array_in_file(file, parts, shape, np.dtype(DTYPES[block[0x03].value]))
        metadata["spectra" if block[0x01].value == "SPECTRA" else "bscans"] = array
        return StoredAcquisition(file, RawAcquisition(**metadata), digest)


def _related(reference: Reference) -> Dataset:
    item = reference.item()
    item.PurposeOfReferenceCodeSequence = [coded(*VOLUME_OF_FRAMES)]
    return item


def _write_metadata(block: PrivateBlock, acquisition: RawAcquisition) -> None:
    array, calibration = acquisition.recorded, acquisition.calibration
    held = "SPECTRA" if acquisition.spectra is not None else "BSCANS"
    values: dict[int, Any] = {0x01: held, 0x02: [int(n) for n in array.shape]}
    values[0x03] = type_name(array.dtype)
    values |= {at: float(getattr(acquisition, name)) for at, name in _NUMBERS.items()}
    if acquisition.axial_mm is not None:
        values[0x08] = float(acquisition.axial_mm)
    if calibration is not None:
        values[0x10] = calibration.wavenumber.astype("<f8").tobytes()
        if calibration.dispersion:
            values[0x11] = list(calibration.dispersion)
        values[0x12] = float(calibration.refractive_index)
    values[0x20] = json.dumps(dict(acquisition.metadata), ensure_ascii=False)
    for at, value in values.items():
        block.add_new(at, _NAMES[at][0], value)


def _metadata(header: Dataset, block: PrivateBlock) -> dict[str, Any]:
    metadata: dict[str, Any] = {name: _positive(block, at) for at, name in _NUMBERS.items()}
    if 0x08 in block:
        metadata["axial_mm"] = _positive(block, 0x08)
    if 0x10 in block:
        wavenumber = np.frombuffer(block[0x10].value, "<f8")
        dispersion = np.atleast_1d(block[0x11].value if 0x11 in block else ()).astype(np.float64)
        if not (np.isfinite(wavenumber).all() and np.isfinite(dispersion).all()):
            raise InstanceUnreadable("its calibration has values that are not numbers")
        metadata["calibration"] = Calibration(
            wavenumber, tuple(dispersion.tolist()), _positive(block, 0x12)
        )
    metadata["laterality"] = header.get("ImageLaterality") or None
    metadata["metadata"] = json.loads(block[0x20].value)
    if not isinstance(metadata["metadata"], dict):
        raise InstanceUnreadable(f"its {_NAMES[0x20][2]} is not a JSON object")
    return metadata


def _positive(block: PrivateBlock, at: int) -> float:
    value = float(block[at].value)
    if not 0 < value < np.inf:
        raise InstanceUnreadable(f"its {_NAMES[at][2]} is {value}")
    return value
