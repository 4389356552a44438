"""An acquisition as one HDF5 file, which anyone's script can read.

    /                     attributes: format = "octome acquisition", version = 1
    /spectra              uint16 (B, R, X, K), or
    /bscans               complex64 or float32 (B, R, Z, X)
    /scan                 attributes: ascan_mm, bscan_mm, ascan_rate_hz, repeat_interval_ms,
                          and, where known, axial_mm and laterality (R or L)
    /calibration          wavenumber, float64 (K,), rad/um at each sample; attributes:
                          dispersion_rad (of u**2, u**3 ...; see Calibration), refractive_index
    /metadata             attributes: other metadata of the recorder
    /truth                of a simulated eye only:
      surfaces/<name>     float32 (B, X), row in px, as met by the beam, axial motion taken out
      vessels             uint8 (B, Z, X); attribute labels: JSON, name of plexus to value
      motion/<name>       as the fields of TrueMotion
      calibration         as above, with the true dispersion

Each chunk of /spectra and /bscans is one frame with a checksum, so damage is noticed when it is
read. A file appears whole or not at all.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import h5py
import numpy as np

from octome.errors import AcquisitionUnreadable, AcquisitionUnwritable
from octome.files import new_file, replaced_file
from octome.octa.acquisition import ArrayLike, RawAcquisition
from octome.octa.calibration import Calibration
from octome.octa.kernel import blocks
from octome.octa.self_contained import DataElsewhere, check_self_contained
from octome.octa.surface import SURFACE_NAMES, SurfaceMaps
from octome.octa.truth import PLEXUSES, TrueMotion, Truth

FORMAT = "octome acquisition"
VERSION = 1
SCAN_ATTRIBUTES = ("ascan_mm", "bscan_mm", "ascan_rate_hz", "repeat_interval_ms")
# What h5py raises for a damaged file.
DAMAGE = (OSError, KeyError, ValueError, TypeError, RuntimeError, AttributeError)

Progress = Callable[[int, int], object]


class FileArray:
    """An array in a file; a slice of it is read on access."""

    def __init__(self, dataset: h5py.Dataset, path: Path) -> None:
        self._dataset = dataset
        self._path = path
        self.shape: tuple[int, ...] = tuple(dataset.shape)
        self.dtype: np.dtype[Any] = dataset.dtype

    def __getitem__(self, key: Any) -> Any:
        try:
            return self._dataset[key]
        except DAMAGE as error:
            raise AcquisitionUnreadable(
                f"{self._path}: {self._dataset.name} is damaged, or the file was closed: {error}",
                path=str(self._path),
            ) from error


class AcquisitionFile:
    """An open acquisition: `acquisition` reads its arrays from the file on access.

    Use it in a `with`, or call `close`.

    Raises
    ------
    AcquisitionUnreadable
        The file does not exist, is not an acquisition of octome, is damaged, or refers to other
        files.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            self._file = h5py.File(self.path, "r")
        except OSError as error:
            raise self._unreadable(error) from error
        try:
            check_self_contained(self._file)
            self._check_format()
            self.acquisition = self._acquisition()
        except DAMAGE as error:
            self._file.close()
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> AcquisitionUnreadable:
        if isinstance(error, AcquisitionUnreadable):
            return error
        if not self.path.exists():
            why = "there is no such file"
        elif self.path.is_dir():
            why = "it is a folder"
        elif isinstance(error, OSError) and "signature" in str(error):
            why = "it is not an HDF5 file"
        elif isinstance(error, DataElsewhere):
            why = f"{error}; an acquisition holds all its data itself"
        else:
            why = f"it is damaged ({str(error).strip(chr(39))})"
        return AcquisitionUnreadable(
            f"cannot read the acquisition {self.path}: {why}", path=str(self.path)
        )

    def _check_format(self) -> None:
        attributes = self._file.attrs
        if attributes.get("format") != FORMAT:
            raise AcquisitionUnreadable(
                f"cannot read the acquisition {self.path}: an HDF5 file, but not one of octome's "
                f"(its format is {attributes.get('format')!r}, not {FORMAT!r})",
                path=str(self.path),
            )
        if int(attributes["version"]) != VERSION:
            raise AcquisitionUnreadable(
                f"cannot read the acquisition {self.path}: it has version "
                f"{attributes['version']}, this octome reads version {VERSION}",
                path=str(self.path),
            )

    def _acquisition(self) -> RawAcquisition:
        scan = self._file["scan"].attrs
        found: dict[str, Any] = {name: float(scan[name]) for name in SCAN_ATTRIBUTES}
        for name in ("spectra", "bscans"):
            if name in self._file:
                found[name] = FileArray(self._file[name], self.path)
        if "calibration" in self._file:
            found["calibration"] = _read_calibration(self._file["calibration"])
        if "axial_mm" in scan:
            found["axial_mm"] = float(scan["axial_mm"])
        metadata = {name: _plain(value) for name, value in self._file["metadata"].attrs.items()}
        return RawAcquisition(**found, laterality=scan.get("laterality"), metadata=metadata)

    def truth(self) -> Truth | None:
        """The truth, if the eye was simulated.

        Raises
        ------
        AcquisitionUnreadable
            That part of the file is damaged.
        """
        if "truth" not in self._file:
            return None
        try:
            truth = self._file["truth"]
            names = [name for name in SURFACE_NAMES if name in truth["surfaces"]]
            rows = {name: truth["surfaces"][name][()] for name in names}
            motion = {each.name: truth["motion"][each.name][()] for each in fields(TrueMotion)}
            return Truth(
                SurfaceMaps(rows, {name: np.ones_like(row) for name, row in rows.items()}),
                truth["vessels"][()],
                TrueMotion(**motion),
                _read_calibration(truth["calibration"]),
            )
        except DAMAGE as error:
            raise self._unreadable(error) from error

    def close(self) -> None:
        """Let go of the file; its arrays can no longer be read."""
        self._file.close()

    def __enter__(self) -> AcquisitionFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def write_acquisition(
    path: str | Path,
    acquisition: RawAcquisition,
    *,
    truth: Truth | None = None,
    progress: Progress | None = None,
    bscans_at_once: int = 16,
    replaces: bool = True,
) -> None:
    """Write an acquisition, a few B-scans at a time.

    Parameters
    ----------
    path : path
    acquisition : RawAcquisition
        Its array may be in memory, in another file, or simulated as it is read.
    truth : Truth, optional
        Of a simulated eye.
    progress : callable, optional
        Called with the B-scans done and their total.
    bscans_at_once : int
        How many are held in memory.
    replaces : bool
        Whether an existing file of that name is replaced; otherwise it is an error.

    Raises
    ------
    AcquisitionUnwritable
        The file exists and may not be replaced; the folder is missing or not writable; the disk
        is full.
        Nothing is left behind.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        with (replaced_file if replaces else new_file)(path) as unfinished:
            _check_disk_space(unfinished, acquisition, truth)
            # The file already has its own lock.
            with h5py.File(unfinished.name, "w", locking=False) as file:
                _write_metadata(file, acquisition)
                if truth is not None:
                    _write_truth(file.create_group("truth"), truth)
                name = "spectra" if acquisition.spectra is not None else "bscans"
                _write_frames(file, name, acquisition.recorded, bscans_at_once, progress)
    except FileExistsError as error:
        raise AcquisitionUnwritable(
            f"{path} already exists and is not overwritten", path=str(path)
        ) from error
    except (OSError, RuntimeError) as error:
        if isinstance(error, AcquisitionUnreadable):
            raise
        raise AcquisitionUnwritable(
            f"cannot write {path}: {_why(error)}", path=str(path)
        ) from error


def _check_disk_space(file: BinaryIO, acquisition: RawAcquisition, truth: Truth | None) -> None:
    """Check that the disk has room for the whole file.

    HDF5 may crash the interpreter when a disk fills up while it writes: check first.
    """
    frames = acquisition.recorded
    needed = int(np.prod(frames.shape, dtype=np.int64)) * frames.dtype.itemsize + 2**20
    if truth is not None:
        needed += sum(rows.nbytes for rows in truth.surfaces.rows.values())
        needed += truth.vessels.nbytes // 10
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, needed)


def _write_frames(
    file: h5py.File, name: str, frames: ArrayLike, at_once: int, progress: Progress | None
) -> None:
    count = frames.shape[0]
    dataset = file.create_dataset(
        name,
        shape=frames.shape,
        dtype=frames.dtype,
        chunks=(1, 1, *frames.shape[2:]),
        fletcher32=True,
    )
    dataset.attrs["axes"] = "B R X K" if name == "spectra" else "B R Z X"
    for block in blocks(count, at_once):
        dataset[block] = frames[block]
        if progress is not None:
            progress(block.stop, count)


def _write_metadata(file: h5py.File, acquisition: RawAcquisition) -> None:
    file.attrs["format"] = FORMAT
    file.attrs["version"] = VERSION
    scan = file.create_group("scan").attrs
    for name in SCAN_ATTRIBUTES:
        scan[name] = getattr(acquisition, name)
    if acquisition.laterality is not None:
        scan["laterality"] = acquisition.laterality
    if acquisition.axial_mm is not None:
        scan["axial_mm"] = acquisition.axial_mm
    if acquisition.calibration is not None:
        _write_calibration(file.create_group("calibration"), acquisition.calibration)
    metadata = file.create_group("metadata").attrs
    for name, value in acquisition.metadata.items():
        metadata[name] = value


def _write_truth(group: h5py.Group, truth: Truth) -> None:
    for name, rows in truth.surfaces.rows.items():
        group.create_dataset(f"surfaces/{name}", data=rows)
    chunk = (1, *truth.vessels.shape[1:])
    vessels = group.create_dataset(
        "vessels", data=truth.vessels, chunks=chunk, compression="gzip", compression_opts=1
    )
    vessels.attrs["labels"] = json.dumps(PLEXUSES)
    for each in fields(TrueMotion):
        group.create_dataset(f"motion/{each.name}", data=getattr(truth.motion, each.name))
    _write_calibration(group.create_group("calibration"), truth.calibration)


def _write_calibration(group: h5py.Group, calibration: Calibration) -> None:
    group.create_dataset("wavenumber", data=calibration.wavenumber)
    group.attrs["dispersion_rad"] = np.array(calibration.dispersion, np.float64)
    group.attrs["refractive_index"] = calibration.refractive_index


def _read_calibration(group: h5py.Group) -> Calibration:
    return Calibration(
        wavenumber=group["wavenumber"][()],
        dispersion=tuple(group.attrs["dispersion_rad"].tolist()),
        refractive_index=float(group.attrs["refractive_index"]),
    )


def _why(error: Exception) -> str:
    """The reason in the system's own words, which HDF5 buries in its report."""
    buried = re.search(r"error message = '([^']*)'", str(error))
    return buried[1] if buried else getattr(error, "strerror", None) or str(error)


def _plain(value: Any) -> str | float:
    """An attribute as Python's own text or number."""
    return value if isinstance(value, str) else float(value)
