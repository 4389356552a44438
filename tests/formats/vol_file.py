"""Heidelberg's .vol, written byte by byte in its layout, to test its reader."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np

MISSING = np.finfo(np.float32).max
# 100 ns since 1601-01-01: 2020-02-03 04:05:06.
EXAM_TIME = 132251763060000000
HEADER_BYTES = 2048


@dataclass
class VolFile:
    """The values of the file; `bytes` is the file."""

    bscans: np.ndarray  # float32 (B, Z, X)
    layers: list[np.ndarray] = field(default_factory=list)  # float32 (B, X) each
    scale_x: float = 0.0125
    distance: float = 0.25
    scale_z: float = 0.0039
    position: bytes = b"OS"
    pattern: int = 3
    patient: bytes = b"M\xfcller-1234"
    starts: list[tuple[float, float]] | None = None
    ends: list[tuple[float, float]] | None = None
    slo: np.ndarray = field(default_factory=lambda: np.zeros((300, 400), np.uint8))
    slo_mm: float = 0.02

    @property
    def bytes(self) -> bytes:
        count, depth, width = self.bscans.shape
        header_size = 256 + 4 * len(self.layers) * width
        header = struct.pack("<12s3I3d", b"HSF-OCT-103", width, count, depth, *self._scales())
        header += struct.pack("<2I2dId", *self.slo.shape[::-1], self.slo_mm, self.slo_mm, 30, -1.5)
        header += struct.pack("<4sQiI", self.position, EXAM_TIME, self.pattern, header_size)
        header += struct.pack(
            "<16s16sI24sdI24sd", b"42.1", b"", 7, self.patient, 1.5, 8, b"#9", 2.5
        )
        slo = self.slo.tobytes()
        return header.ljust(HEADER_BYTES, b"\0") + slo + b"".join(map(self._bscan, range(count)))

    def _scales(self) -> tuple[float, float, float]:
        return self.scale_x, self.distance, self.scale_z

    def _bscan(self, index: int) -> bytes:
        width = self.bscans.shape[2]
        length = self.scale_x * width
        start = self.starts[index] if self.starts else (1.0, index * self.distance)
        end = self.ends[index] if self.ends else (1.0 + length, index * self.distance)
        size = 256 + 4 * len(self.layers) * width
        header = struct.pack("<12sI4d", b"HSF-BS-103", size, *start, *end)
        header += struct.pack("<2IfI", len(self.layers), 256, 25.0, 0)
        lines = b"".join(layer[index].astype("<f4").tobytes() for layer in self.layers)
        return header.ljust(256, b"\0") + lines + self.bscans[index].astype("<f4").tobytes()


def ramp_bscans(shape: tuple[int, int, int] = (3, 4, 5)) -> np.ndarray:
    """Reflectivity whose root is easy: the n-th voxel holds (n / 100)^2."""
    return (np.arange(np.prod(shape), dtype=np.float32).reshape(shape) / 100) ** 2
