"""Topcon's .fda and .fds: chunks with names, laid out as oct-converter describes them.

No real file was available. The chunks are walked here, within the file's own length: oct-converter
0.7 does it with a function that numpy 2.3 removed. Its layouts of the chunks are used. Flow lies in
a chunk (IMG_ANGIOGRAPHY) whose layout is not published.
"""

from __future__ import annotations

import io
import math
import struct
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from octome.errors import DeviceFileUnreadable
from octome.formats.grey import amplitude_of_grey, grey_scale
from octome.formats.layers import surface_maps
from octome.formats.pattern import scan_pattern
from octome.formats.reading_options import ReadingOptions
from octome.formats.spacing import scan_geometry
from octome.octa.acquisition import Float32
from octome.octa.device_volume import DeviceVolume, ScanPattern
from octome.octa.fundus_picture import FundusPicture, Light
from octome.octa.laterality import Laterality

MAGIC = (b"FOCT",)
Chunks = dict[str, list[bytes]]
_FILE_BYTES = 15
_CODECS = ("JPEG2000", "JPEG")
_METHODS = {"JPEG2000": "ISO_15444_1", "JPEG": "ISO_10918_1"}
_EYES: dict[int, Laterality] = {0: "R", 1: "L"}
# Two crossing B-scans are a star.
_PATTERNS: dict[int, ScanPattern] = {1: "circle", 2: "raster", 3: "radial", 4: "radial"}
# Topcon's numbers of the lines that are surfaces of octome.
_NAMES = {
    "MULTILAYERS_1": "ILM",
    "MULTILAYERS_2": "RNFL",
    "MULTILAYERS_3": "GCL",
    "MULTILAYERS_4": "IPL",
    "MULTILAYERS_8": "INL",
    "MULTILAYERS_9": "ELM",
    "MULTILAYERS_7": "BM",
    "MULTILAYERS_10": "CSI",
}


def read(path: Path, options: ReadingOptions) -> DeviceVolume:
    """The volume of a .fda or .fds file, its layers and which eye it is.

    Raises
    ------
    DeviceFileUnreadable
        It holds no B-scans in a known encoding.
    SpacingUnknown
        It states no spacing and none is given.
    """
    return volume_of_chunks(file_chunks(path), options)


def volume_of_chunks(chunks: Chunks, options: ReadingOptions) -> DeviceVolume:
    """The chunks of one file, by name, as a volume."""
    grey, mode = _bscans(chunks)
    bscans, depth, ascans = grey.shape
    white = 255.0 if grey.dtype == np.uint8 else 65535.0
    pattern = scan_pattern(_PATTERNS.get(mode), bscans)
    width, height, axial = _field_mm(chunks)
    laterality, acquired = _capture(chunks)
    # Of a circle, the field is as wide as its diameter.
    length = width * math.pi if pattern == "circle" else width
    return DeviceVolume(
        structure=amplitude_of_grey(grey, white, options.grey_span_db),
        geometry=scan_geometry(
            options.spacing,
            axial_mm=axial,
            ascan_mm=length / ascans,
            bscan_mm=height / bscans,
            pattern=pattern,
        ),
        pattern=pattern,
        fundus=_fundus(chunks, width),
        surfaces=surface_maps(_lines(chunks, depth, (bscans, ascans)), _NAMES),
        laterality=laterality,
        acquired=acquired,
        metadata={
            "manufacturer": "Topcon",
            **_device(chunks),
            "grey_scale": grey_scale(white, options.grey_span_db),
        },
    )


def file_chunks(path: Path) -> Chunks:
    """The content of every chunk of a file, by name, without the chunks that identify the patient.

    Raises
    ------
    DeviceFileUnreadable
        A chunk claims more than the file holds.
    """
    raw = path.read_bytes()
    chunks: Chunks = {}
    position = _FILE_BYTES
    while position < len(raw) and (length := raw[position]):
        name = raw[position + 1 : position + 1 + length].decode("ascii").removeprefix("@")
        begin = position + 1 + length + 4
        (size,) = struct.unpack_from("<I", raw, begin - 4)
        if begin + size > len(raw):
            raise DeviceFileUnreadable(
                f"{path.name} is damaged or incomplete: its part {name} claims {size} bytes and "
                f"has {len(raw) - begin}",
                path=str(path),
            )
        if not name.startswith("PATIENT"):
            chunks.setdefault(name, []).append(raw[begin : begin + size])
        position = begin + size
    return chunks


def _bscans(chunks: Chunks) -> tuple[NDArray[np.generic], int]:
    """Grey values `(B, Z, X)`, and the number of the scan pattern."""
    from oct_converter.readers.binary_structs import fda_binary

    if "IMG_JPEG" in chunks:
        chunk = chunks["IMG_JPEG"][0]
        header = fda_binary.oct_header.parse(chunk)
        return _pictures(chunk, header), header.scan_mode
    for name in ("IMG_MOT_COMP_03", "IMG_SCAN_03"):
        if name in chunks:
            chunk = chunks[name][0]
            header = fda_binary.oct_header_2.parse(chunk)
            shape = (header.number_slices, header.height, header.width)
            stored = np.frombuffer(chunk, "<u2", header.number_slices * shape[1] * shape[2], 22)
            return stored.reshape(shape), header.scan_mode
    raise DeviceFileUnreadable(
        f"the file holds no B-scans in a known encoding; its parts: {', '.join(chunks)}",
        found=list(chunks),
    )


def _pictures(chunk: bytes, header: Any) -> NDArray[np.uint8]:
    """The B-scans of a chunk of JPEG 2000 pictures, each with its length before it."""
    position, pictures = 25, []
    for _ in range(header.number_slices):
        (size,) = struct.unpack_from("<I", chunk, position)
        with Image.open(
            io.BytesIO(chunk[position + 4 : position + 4 + size]), formats=_CODECS
        ) as picture:
            if picture.size != (header.width, header.height):
                raise DeviceFileUnreadable(
                    f"a B-scan is {picture.size[0]} x {picture.size[1]}, and the file states "
                    f"{header.width} x {header.height}: it is damaged"
                )
            pictures.append(np.asarray(picture.convert("L")))
        position += 4 + size
    return np.stack(pictures)


def _fundus(chunks: Chunks, width_mm: float) -> FundusPicture | None:
    """The camera's picture, or else the infrared one; where the scan lies in it is not documented.

    Their headers are 24 and 21 bytes, the last four of which are the size of the picture. None
    without the extent of the scan in the picture, which gives its spacing.
    """
    lights: dict[str, tuple[int, int, Light]] = {
        "IMG_FUNDUS": (24, 9, "white"),
        "IMG_TRC_02": (21, 57, "infrared"),
    }
    for name, (header, box_at, light) in lights.items():
        spacing = _picture_spacing_mm(chunks, box_at, width_mm)
        if name in chunks and spacing is not None:
            chunk = chunks[name][0]
            (size,) = struct.unpack_from("<I", chunk, header - 4)
            with Image.open(io.BytesIO(chunk[header : header + size]), formats=_CODECS) as picture:
                method = _METHODS[picture.format or ""]
                pixels = np.asarray(picture.convert("L" if picture.mode == "L" else "RGB"))
            return FundusPicture(
                pixels=pixels,
                spacing_mm=(spacing, spacing),
                light=light,
                compression=(method, pixels.nbytes / size),
            )
    return None


def _picture_spacing_mm(chunks: Chunks, box_at: int, width_mm: float) -> float | None:
    """Between the pixels of a picture: the width of the scan over its width in the picture.

    A raster's extent is stored as smallest x and y, largest x and y; a circle's as centre and
    radius, then 0.
    """
    if "REGIST_INFO" not in chunks:
        return None
    low_x, low_y, high_x, high_y = struct.unpack_from("<4I", chunks["REGIST_INFO"][0], box_at)
    is_circle = high_y == 0
    width_px = 2 * high_x if is_circle else high_x - low_x
    if width_px < 1 or width_mm <= 0 or not (is_circle or high_y > low_y):
        return None
    return width_mm / int(width_px)


def _field_mm(chunks: Chunks) -> tuple[float, float, float]:
    """Width and height of the scanned field, and between rows, in mm; 0 where it is not stated."""
    from oct_converter.readers.binary_structs import fda_binary

    layouts = {
        "PARAM_SCAN_04": fda_binary.param_scan_04_header,
        "PARAM_SCAN_02": fda_binary.param_scan_02_header,
    }
    for name, layout in layouts.items():
        if name in chunks:
            scan = layout.parse(chunks[name][0])
            return scan.x_dimension_mm, scan.y_dimension_mm, scan.z_resolution_um / 1000
    return 0.0, 0.0, 0.0


def _capture(chunks: Chunks) -> tuple[Laterality | None, datetime | None]:
    """Which eye, and when."""
    # The text between the eye and the date may hold anything about the patient: it is skipped.
    for name, layout in (("CAPTURE_INFO_02", "<B105x6H"), ("CAPTURE_INFO", "<B6H")):
        if name in chunks:
            eye, *date = struct.unpack_from(layout, chunks[name][0])
            return _EYES.get(eye), datetime(*date)
    return None, None


def _lines(chunks: Chunks, depth: int, shape: tuple[int, int]) -> dict[str, Float32]:
    """The lines by Topcon's names, `(B, X)`: rows from the top.

    They are stored as heights above the last row, from the last B-scan to the first; 0 means none.
    """
    from oct_converter.readers.binary_structs import fda_binary

    lines = {}
    for chunk in chunks.get("CONTOUR_INFO", []):
        header = fda_binary.contour_info_header.parse(chunk)
        begin, count = fda_binary.contour_info_header.sizeof(), header.width * header.height
        if (header.height, header.width) != shape:
            continue
        wide = len(chunk) - begin >= 8 * count
        stored = np.frombuffer(chunk, "<f8" if wide else "<u2", count, begin)
        heights = np.flip(stored.reshape(shape), 0).astype(np.float32)
        lines[header.id] = np.where(heights > 0, depth - heights, np.nan).astype(np.float32)
    return lines


def _device(chunks: Chunks) -> dict[str, str]:
    """Model, serial number and software, as far as the file names them."""
    from oct_converter.readers.binary_structs import fda_binary

    metadata = {}
    for name in ("HW_INFO_03", "HW_INFO_02", "HW_INFO_01"):
        if name in chunks:
            device = getattr(fda_binary, f"{name.lower()}_header").parse(chunks[name][0])
            metadata = {"model": device.model_name, "serial": device.serial_number}
            break
    if "MAIN_MODULE_INFO" in chunks:
        module = fda_binary.main_module_info_header.parse(chunks["MAIN_MODULE_INFO"][0])
        numbers = [getattr(module, f"file_version_{n}") for n in (1, 2, 3, 4)]
        metadata["software"] = f"{module.software_name} {'.'.join(map(str, numbers))}"
    return {name: word.strip() for name, word in metadata.items() if word.strip()}
