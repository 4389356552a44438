"""What a chain may begin with: an acquisition, Raw Data, a maker's file or another maker's OPT."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from octome.dicom.part10 import HEAD_BYTES, is_part10
from octome.errors import InstanceUnreadable, MissingFact
from octome.formats.registry import read_device_volume
from octome.instances.exam import Exam, exam_of
from octome.instances.file import read_instance, reading
from octome.instances.kind import RAW, STRUCTURE
from octome.instances.raw_array import array_digest
from octome.instances.raw_data import StoredAcquisition, read_raw_data
from octome.instances.stored_volume import StoredVolume
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition import RawAcquisition, ScanGeometry
from octome.octa.acquisition_file import AcquisitionFile
from octome.octa.device_volume import DeviceVolume

HDF5 = b"\x89HDF\r\n\x1a\n"


@dataclass(frozen=True)
class Source:
    """One thing to begin with; exactly one of the first four is there."""

    path: Path
    digest: str
    """SHA-256 of what it holds and says."""
    acquisition: RawAcquisition | None = None
    raw: StoredAcquisition | None = None
    volume: DeviceVolume | None = None
    image: StoredVolume | None = None
    laterality: str | None = None
    acquired: datetime | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def recorded(self) -> RawAcquisition | None:
        """The acquisition, whichever file it lies in."""
        return self.raw.acquisition if self.raw else self.acquisition

    @property
    def exam(self) -> Exam | None:
        """The examination, where the source is an instance that says it."""
        stored = self.raw or self.image
        if stored is None:
            return None
        with reading(self.path):
            return exam_of(stored.header)


@contextmanager
def opened(
    path: Path, *, spacing: ScanGeometry | None = None, flow_path: Path | None = None
) -> Iterator[Source]:
    """The source in a file, by what the file is; it can be read while this lasts.

    Parameters
    ----------
    path : Path
    spacing : ScanGeometry, optional
        For a maker's file that does not say its own.
    flow_path : Path, optional
        A maker's second file, where it keeps flow apart.

    Raises
    ------
    InstanceUnreadable, AcquisitionUnreadable, DeviceFileUnreadable
        It is none of these, or damaged.
    """
    head = _head(path)
    if head.startswith(HDF5):
        with AcquisitionFile(path) as file:
            yield _of_acquisition(path, file.acquisition)
    elif is_part10(head):
        yield _of_instance(path)
    else:
        volume = read_device_volume(path, spacing=spacing, flow_path=flow_path)
        content = array_digest(volume.structure)
        if volume.flow is not None:
            content += array_digest(volume.flow)
        yield Source(
            path,
            _digest({"metadata": dict(volume.metadata), "geometry": volume.geometry}, content),
            volume=volume,
            laterality=volume.laterality,
            acquired=volume.acquired,
            metadata=volume.metadata,
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise InstanceUnreadable(
            f"cannot read {path}: {error.strerror or error}", path=str(path)
        ) from error


def _of_acquisition(path: Path, acquisition: RawAcquisition) -> Source:
    metadata = dict(acquisition.metadata)
    said = {
        "metadata": metadata,
        "scan": [
            acquisition.ascan_mm,
            acquisition.bscan_mm,
            acquisition.ascan_rate_hz,
            acquisition.repeat_interval_ms,
            acquisition.axial_mm,
            acquisition.laterality,
        ],
        "calibration": hash_of_calibration(acquisition),
    }
    return Source(
        path,
        _digest(said, array_digest(acquisition.recorded)),
        acquisition=acquisition,
        laterality=acquisition.laterality,
        acquired=_when(metadata.get("acquired")),
        metadata=metadata,
    )


def hash_of_calibration(acquisition: RawAcquisition) -> str:
    """SHA-256 of the wavenumbers, the dispersion and the refractive index; empty without."""
    calibration = acquisition.calibration
    if calibration is None:
        return ""
    numbers = np.array([*calibration.dispersion, calibration.refractive_index])
    return hashlib.sha256(calibration.wavenumber.tobytes() + numbers.tobytes()).hexdigest()


def _of_instance(path: Path) -> Source:
    header = read_instance(path).header
    if header.SOPClassUID == RAW.sop_class:
        raw = read_raw_data(path)
        raw.check()
        return Source(
            path,
            _digest({"instance": header.SOPInstanceUID}, raw.digest),
            raw=raw,
            metadata=raw.acquisition.metadata,
        )
    if header.SOPClassUID == STRUCTURE.sop_class:
        image = read_tomography_image(path)
        content = hashlib.sha256(np.ascontiguousarray(image.stored()).data).hexdigest()
        return Source(path, _digest({"instance": header.SOPInstanceUID}, content), image=image)
    raise InstanceUnreadable(
        f"{path} is {header.SOPClassUID.name}; a chain begins with Raw Data or an Ophthalmic "
        "Tomography Image",
        path=str(path),
    )


def _when(text: Any) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(str(text))
    except ValueError as error:
        raise MissingFact(
            f"{text!r} is no time; write it as 2026-01-31T14:05:00", fact="acquired"
        ) from error


def _digest(said: Mapping[str, Any], content: str) -> str:
    text = json.dumps(said, sort_keys=True, default=str) + content
    return hashlib.sha256(text.encode()).hexdigest()
