"""What a chain may start from: a recording, a device's volume, or an image of another system."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from octome.dicom.part10 import HEAD_BYTES, is_part10
from octome.errors import AcquisitionUnreadable, InstanceUnreadable, MissingFact
from octome.formats.reading_options import NO_OPTIONS, ReadingOptions
from octome.formats.registry import read_device_volume
from octome.instances.composite import Reference
from octome.instances.exam import Exam
from octome.instances.file import read_instance
from octome.instances.grid import Grid
from octome.instances.instance_kind import RAW, STRUCTURE, class_name
from octome.instances.multiframe import Timing
from octome.instances.raw_array import array_digest
from octome.instances.raw_data import read_raw_data
from octome.instances.scan_track import ScanTrack, placed, placed_grid
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition import RawAcquisition
from octome.octa.acquisition_file import AcquisitionFile
from octome.octa.device_volume import DeviceVolume, ScanPattern
from octome.octa.laterality import Laterality
from octome.pipeline.recent import keep_recent
from octome.pipeline.step import StoredFile, digest_of

HDF5 = b"\x89HDF\r\n\x1a\n"


@dataclass(frozen=True)
class RawInstance:
    """What a Raw Data instance states in addition to its array."""

    exam: Exam
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class RecordedSource:
    """A scanner's recording: an acquisition file, or a Raw Data instance."""

    path: Path
    digest: str
    """SHA-256 of its whole content."""
    timing: Timing
    laterality: Laterality | None
    acquired: datetime | None
    metadata: Mapping[str, Any]
    raw_instance: RawInstance | None = None
    """None for an acquisition file."""

    @property
    def acquisition(self) -> str:
        """Identifies what was acquired."""
        return self.digest

    @property
    def files(self) -> dict[str, StoredFile]:
        """Its files by role."""
        return {"source": StoredFile(self.path, self.digest)}


@dataclass(frozen=True, kw_only=True)
class DeviceSource:
    """A volume that a device finished, in a vendor's format."""

    path: Path
    digest: str
    """Of its content as the options interpret it."""
    acquisition: str
    """SHA-256 of the file, and which scan in it: the same whatever the options."""
    options: ReadingOptions
    flow_path: Path | None
    surfaces_path: Path | None
    pattern: ScanPattern
    is_even_raster: bool
    """Whether its B-scans form a raster of one distance, as en face images need."""
    has_fundus: bool
    has_flow: bool
    has_surfaces: bool
    laterality: Laterality | None
    acquired: datetime | None
    metadata: Mapping[str, Any]

    @property
    def files(self) -> dict[str, StoredFile]:
        """Its files by role."""
        paths = {"source": self.path, "flow file": self.flow_path}
        paths["surfaces file"] = self.surfaces_path
        return {role: StoredFile(path, self.digest) for role, path in paths.items() if path}


@dataclass(frozen=True, kw_only=True)
class ImageSource:
    """An Ophthalmic Tomography Image of another system."""

    path: Path
    digest: str
    exam: Exam
    is_even_raster: bool

    @property
    def files(self) -> dict[str, StoredFile]:
        """Its files by role."""
        return {"source": StoredFile(self.path, self.digest)}


Source = RecordedSource | DeviceSource | ImageSource


def read_source(
    path: Path,
    *,
    options: ReadingOptions = NO_OPTIONS,
    flow_path: Path | None = None,
    surfaces_path: Path | None = None,
) -> Source:
    """The source in a file, by the type of the file.

    Parameters
    ----------
    path : Path
    options : ReadingOptions, optional
        What only the caller knows about a vendor file.
    flow_path : Path, optional
        A device's second file, if it stores flow separately.
    surfaces_path : Path, optional
        Surfaces that OCTExplorer found in a device's volume.

    Raises
    ------
    InstanceUnreadable, AcquisitionUnreadable, DeviceFileUnreadable
        It is none of these, or is damaged.
    MissingFact
        A recording or an image is given options that only a device's volume has.
    """
    head = _head(path)
    is_recording, is_dicom = head.startswith(HDF5), is_part10(head)
    if is_recording or is_dicom:
        for option, value in (
            ("surfaces", surfaces_path),
            ("flow-file", flow_path),
            ("spacing-mm", options.spacing),
            ("series", options.series),
            ("size", options.size),
            ("grey-span-db", options.grey_span_db),
        ):
            if value is not None:
                raise MissingFact(
                    f"--{option} belongs to a device's volume in a vendor format; {path} is not "
                    "one",
                    missing=option,
                )
    if is_recording:
        with AcquisitionFile(path) as file:
            return _of_acquisition(path, file.acquisition)
    if is_dicom:
        return _of_instance(path)
    if path.suffix.lower() in (".h5", ".hdf5"):
        raise AcquisitionUnreadable(f"cannot read {path}: it is not an HDF5 file", path=str(path))
    volume = _device_volume(path, options, flow_path, surfaces_path)
    content = [array_digest(each) for each in (volume.structure, volume.flow) if each is not None]
    if volume.path is not None:
        content.append(array_digest(volume.path.points))
    if volume.fundus is not None:
        content.append(array_digest(volume.fundus.pixels))
    if surfaces_path is not None:
        content.append(_file_digest(surfaces_path))
    return DeviceSource(
        path=path,
        digest=digest_of([dict(volume.metadata), volume.geometry, volume.bscan_times, content]),
        acquisition=digest_of([_file_digest(path), options.series]),
        options=options,
        flow_path=flow_path,
        surfaces_path=surfaces_path,
        pattern=volume.pattern,
        is_even_raster=isinstance(device_placement(volume, path), Grid),
        has_fundus=volume.fundus is not None,
        has_flow=volume.flow is not None,
        has_surfaces=volume.surfaces is not None,
        laterality=volume.laterality,
        acquired=volume.acquired,
        metadata=volume.metadata,
    )


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened_recording(path: Path) -> Iterator[RawAcquisition]:
    """The acquisition in an acquisition file or a Raw Data instance; readable inside the `with`."""
    if _head(path).startswith(HDF5):
        with AcquisitionFile(path) as file:
            yield file.acquisition
    else:
        yield read_raw_data(path).acquisition


def device_placement(volume: DeviceVolume, path: Path) -> Grid | ScanTrack:
    """Where the voxels of a device's volume lie; nominal for a raster or a line of unknown place.

    Parameters
    ----------
    volume : DeviceVolume
    path : Path
        Of its file, for the error.

    Raises
    ------
    MissingFact
        The file does not state where the B-scans of another scan lay.
    """
    bscans, depth, ascans = volume.structure.shape
    shape = bscans, depth, ascans
    if volume.path is not None:
        return placed(volume.path, shape, volume.geometry)
    if volume.pattern == "raster" or (volume.pattern == "line" and bscans == 1):
        grid = Grid.nominal(shape, volume.geometry)
        return grid if bscans > 1 else placed_grid(grid)
    raise MissingFact(
        f"{path} is a {volume.pattern} scan, and does not state where its B-scans lay in a way "
        "that octome reads",
        missing="positions",
    )


def read_volume(files: Mapping[str, Path], options: ReadingOptions) -> DeviceVolume:
    """A device's volume, from the files of a `DeviceSource` by role."""
    return _device_volume(
        files["source"], options, files.get("flow file"), files.get("surfaces file")
    )


@keep_recent(most=1)
def _device_volume(
    path: Path, options: ReadingOptions, flow_path: Path | None, surfaces_path: Path | None
) -> DeviceVolume:
    return read_device_volume(
        path, options=options, flow_path=flow_path, surfaces_path=surfaces_path
    )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise InstanceUnreadable(
            f"cannot read {path}: {error.strerror or error}", path=str(path)
        ) from error


def _of_acquisition(path: Path, acquisition: RawAcquisition) -> RecordedSource:
    metadata = dict(acquisition.metadata)
    scan = [
        acquisition.ascan_mm,
        acquisition.bscan_mm,
        acquisition.ascan_rate_hz,
        acquisition.repeat_interval_ms,
        acquisition.axial_mm,
        acquisition.laterality,
    ]
    calibration = calibration_digest(acquisition)
    return RecordedSource(
        path=path,
        digest=digest_of([metadata, scan, calibration, array_digest(acquisition.recorded)]),
        timing=_timing(acquisition),
        laterality=acquisition.laterality,
        acquired=_time(metadata.get("acquired")),
        metadata=metadata,
    )


def calibration_digest(acquisition: RawAcquisition) -> str:
    """SHA-256 of the wavenumbers, the dispersion and the refractive index; empty without them."""
    calibration = acquisition.calibration
    if calibration is None:
        return ""
    numbers = np.array([*calibration.dispersion, calibration.refractive_index])
    return hashlib.sha256(calibration.wavenumber.tobytes() + numbers.tobytes()).hexdigest()


def _of_instance(path: Path) -> Source:
    header = read_instance(path).header
    instance, found = str(header.SOPInstanceUID), class_name(header.SOPClassUID)
    if header.SOPClassUID == RAW.sop_class:
        raw = read_raw_data(path)
        raw.check()
        return RecordedSource(
            path=path,
            digest=digest_of([instance, raw.digest]),
            timing=_timing(raw.acquisition),
            laterality=raw.acquisition.laterality,
            acquired=raw.exam.acquired,
            metadata=raw.acquisition.metadata,
            raw_instance=RawInstance(raw.exam, raw.reference),
        )
    if header.SOPClassUID == STRUCTURE.sop_class:
        image = read_tomography_image(path)
        content = hashlib.sha256(np.ascontiguousarray(image.stored()).data).hexdigest()
        return ImageSource(
            path=path,
            digest=digest_of([instance, content]),
            exam=image.exam,
            is_even_raster=isinstance(image.placement, Grid),
        )
    raise InstanceUnreadable(
        f"{path} is {found}; a chain begins with Raw Data or an Ophthalmic Tomography Image",
        path=str(path),
    )


def _timing(acquisition: RawAcquisition) -> Timing:
    return Timing(
        int(acquisition.recorded.shape[1]),
        acquisition.repeat_interval_ms,
        acquisition.ascan_rate_hz,
    )


def _time(text: Any) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(str(text))
    except ValueError as error:
        raise MissingFact(
            f"{text!r} is not a time; write it as 2026-01-31T14:05:00", missing="acquired"
        ) from error
