"""The intermediate file of a chain: structure and flow of a scan, for the two steps that need them.

It exists from the only reading of the raw data until the flow volume is stored.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import numpy as np

from octome.errors import InstanceUnreadable, InstanceUnwritable
from octome.files import new_folder, replaced_file
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.angiography import ScanVolumes
from octome.octa.flow.methods import flow_method


def write_scan(path: Path, volumes: ScanVolumes) -> None:
    """Write the volumes, one array after the other as numpy writes them.

    Raises
    ------
    InstanceUnwritable
        The system cannot write it; no partial file is left.
    """
    g = volumes.geometry
    numbers = np.array([g.axial_mm, g.ascan_mm, g.bscan_mm, volumes.noise_floor])
    name = np.array(volumes.method.name if volumes.method is not None else "")
    flow = np.empty((0, 0, 0), np.float32) if volumes.flow is None else volumes.flow
    try:
        new_folder(path.parent)
        with replaced_file(path) as file:
            for array in (volumes.structure, flow, numbers, name):
                np.save(file, array, allow_pickle=False)
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write {path}: {error.strerror or error}", path=str(path)
        ) from error


def read_scan(path: Path) -> ScanVolumes:
    """The volumes that `write_scan` wrote.

    Raises
    ------
    InstanceUnreadable
        No such file, or a damaged one.
    """
    try:
        with path.open("rb") as file:
            structure, flow = _mapped(file), _mapped(file)
            numbers, name = (np.load(file, allow_pickle=False) for _ in range(2))
        axial, ascan, bscan, floor = (float(number) for number in numbers)
        return ScanVolumes(
            structure=structure,
            flow=flow if name.item() else None,
            geometry=ScanGeometry(axial, ascan, bscan),
            method=flow_method(str(name)) if name.item() else None,
            noise_floor=floor,
        )
    except (OSError, ValueError, EOFError, LookupError) as error:
        raise _unreadable(path, error) from error


def _mapped(file: BinaryIO) -> Float32:
    """The next volume of the file, mapped: read from the disk on access, never written to.

    One of the two steps that read the file needs only one volume.
    """
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    if 0 in shape:
        return np.empty(shape, dtype)
    # Copied on write: kernels do not accept read-only arrays.
    volume = np.memmap(file.name, dtype, "c", file.tell(), shape)
    file.seek(volume.nbytes, os.SEEK_CUR)
    return np.asarray(volume)


def _unreadable(path: Path, error: Exception) -> InstanceUnreadable:
    return InstanceUnreadable(
        f"cannot read {path}: {getattr(error, 'strerror', None) or 'it is damaged'}",
        path=str(path),
    )
