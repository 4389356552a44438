"""A plain copy as a file: Secondary Capture, OME-TIFF, or pictures."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.uid import UID
from pydicom.valuerep import DT

from octome.export.plain_copy import PlainCopy
from octome.files import new_file, new_folder
from octome.instances.composite import VERSION, Series
from octome.instances.exam import Exam
from octome.instances.grid import Grid
from octome.instances.secondary_capture import secondary_capture, write_secondary_capture
from octome.instances.uid import derived_uid
from octome.octa.picture import ABSENT, RGB, picture_size, resized

OutputFormat = Literal["sc", "tiff", "png"]
OUTPUT_FORMATS: tuple[OutputFormat, ...] = get_args(OutputFormat)
PICTURE_PX = 512  # width of a picture
UM_PER_MM, MM_PER_CM = 1000.0, 10.0

FrameDone = Callable[[], object]
"""Called after each frame."""


def write_capture(
    copy: PlainCopy, folder: Path, exam: Exam, number: int, done: FrameDone
) -> tuple[Path, str]:
    """A copy as a Secondary Capture instance; its file and SOP Instance UID.

    The same sources and number give the same instance, byte for byte.
    """
    headers = [source.header for source in copy.image.sources]
    uid = _uid_of(copy, str(number))
    series = Series(
        number=number,
        uid=derived_uid("series of the copy", str(uid)),
        description=copy.title,
        sop_instance=uid,
    )
    times = [found for header in headers if (found := _content_time(header)) is not None]
    exam = replace(exam, content_time=max(times, default=exam.acquired))
    path = folder / f"{copy.name}.dcm"
    instance = secondary_capture(copy.image, exam, series)
    write_secondary_capture(path, instance, copy.image, _frames(copy, done))
    return path, str(uid)


def write_tiff(copy: PlainCopy, folder: Path, done: FrameDone) -> Path:
    """A copy as an OME-TIFF, a page for each frame; the same sources give the same bytes."""
    import tifffile

    image = copy.image
    row_mm, column_mm = image.spacing_mm
    metadata: dict[str, Any] = {
        "axes": "ZYXS" if image.is_colour else "ZYX",
        "Name": copy.title,
        "Description": image.derivation + _meaning(copy),
        "UUID": str(uuid.UUID(int=int(_uid_of(copy, "tiff").rpartition(".")[2]))),
        "PhysicalSizeX": column_mm * UM_PER_MM,
        "PhysicalSizeXUnit": "µm",
        "PhysicalSizeY": row_mm * UM_PER_MM,
        "PhysicalSizeYUnit": "µm",
    }
    if isinstance(image.placement, Grid):
        metadata["PhysicalSizeZ"] = image.placement.geometry.bscan_mm * UM_PER_MM
        metadata["PhysicalSizeZUnit"] = "µm"
    path = folder / f"{copy.name}.ome.tif"
    with new_file(path) as file:
        tifffile.imwrite(
            file,
            _frames(copy, done),
            shape=(*image.shape, 3) if image.is_colour else image.shape,
            dtype=image.dtype,
            photometric="rgb" if image.is_colour else "minisblack",
            ome=True,
            compression="zlib",
            resolution=(MM_PER_CM / column_mm, MM_PER_CM / row_mm),
            resolutionunit="CENTIMETER",
            metadata=metadata,
        )
    return path


def write_pictures(copy: PlainCopy, folder: Path, done: FrameDone) -> Path:
    """A copy as PNG in the proportions of the tissue; a folder with a file for each B-scan."""
    frames = copy.image.shape[0]
    if copy.image.placement is None:
        path = folder / f"{copy.name}.png"
        _write_picture(path, _in_proportion(copy, 0))
        done()
        return path
    path = folder / copy.name
    new_folder(path)
    for at in range(frames):
        _write_picture(path / f"{at + 1:0{len(str(frames))}}.png", _in_proportion(copy, at))
        done()
    return path


def _uid_of(copy: PlainCopy, use: str) -> UID:
    """What identifies a copy; its pixels depend on the version, too."""
    sources = [str(source.header.SOPInstanceUID) for source in copy.image.sources]
    return derived_uid("copy", VERSION, copy.name, use, *sources)


def _frames(copy: PlainCopy, done: FrameDone) -> Iterator[NDArray[Any]]:
    for at in range(copy.image.shape[0]):
        yield np.ascontiguousarray(copy.frame(at))
        done()


def _in_proportion(copy: PlainCopy, at: int) -> RGB:
    pixels = copy.picture(at)
    size = picture_size(pixels[..., 0].astype(np.float32), copy.image.spacing_mm, PICTURE_PX)
    is_absent = (pixels == ABSENT).all(axis=2).astype(np.uint8)
    picture = resized(pixels, size, Image.Resampling.BICUBIC)
    picture[resized(is_absent, size, Image.Resampling.NEAREST) > 0] = ABSENT
    return picture


def _write_picture(path: Path, picture: RGB) -> None:
    with new_file(path) as file:
        Image.fromarray(picture).save(file, "PNG")


def _meaning(copy: PlainCopy) -> str:
    scale = copy.scale
    if scale is None:
        return ""
    return (
        f"; p above 0 means {scale.intercept:g} + {scale.slope:g} * p ({scale.meaning}, "
        f"unit {scale.unit})"
    )


def _content_time(header: Any) -> datetime | None:
    """Content Date and Time of an instance; None if it does not state them."""
    date = str(header.get("ContentDate") or "")
    if not date:
        return None
    found = DT(f"{date}{header.get('ContentTime') or ''}")
    return None if found is None else datetime.fromisoformat(found.isoformat())
