"""Surfaces of a real scan against those of its manufacturer."""

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.layers import NAMES, segmented

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "oct" / "heyex_vol"


def read_vol(name: str) -> tuple[Float32, ScanGeometry, dict[str, Float32]]:
    """The one B-scan of a file as linear amplitude, and the vendor's ILM, BM and RNFL."""
    data = (FOLDER / name).read_bytes()
    ascans, bscans, depth = struct.unpack_from("<3i", data, 12)
    ascan_mm, _, axial_mm = struct.unpack_from("<3d", data, 24)
    assert bscans == 1
    wide, high = struct.unpack_from("<2i", data, 48)
    (header,) = struct.unpack_from("<i", data, 100)
    start = 2048 + wide * high
    count, offset = struct.unpack_from("<2i", data, start + 48)
    lines = np.frombuffer(data, "<f4", count * ascans, start + offset).reshape(count, 1, ascans)
    lines = np.where(lines < 1e30, lines, np.nan).astype(np.float32)
    stored = np.frombuffer(data, "<f4", depth * ascans, start + header).reshape(1, depth, ascans)
    amplitude = np.sqrt(np.where(stored < 1e30, stored, 0)).astype(np.float32)
    geometry = ScanGeometry(axial_mm, ascan_mm, bscan_mm=1.0)
    return amplitude, geometry, dict(zip(("ILM", "BM", "RNFL"), lines, strict=False))


@pytest.mark.shared
def test_a_circle_round_the_disc_agrees_with_its_manufacturer() -> None:
    amplitude, geometry, theirs = read_vol("onh.vol")
    ours = segmented(amplitude, geometry)
    apart = {name: np.abs(ours[name] - row) * geometry.axial_um for name, row in theirs.items()}
    assert np.nanmean(apart["ILM"]) < 5
    assert np.nanmean(apart["BM"]) < 9
    # Large vessels lie in the RNFL there, and in their shadows the two differ.
    assert np.nanmedian(apart["RNFL"]) < 5
    assert np.nanmean(apart["RNFL"]) < 15


@pytest.mark.shared
def test_a_scan_beyond_segmentation_keeps_the_order() -> None:
    amplitude, geometry, _ = read_vol("valid.vol")
    found = segmented(amplitude, geometry)
    for upper, lower in pairwise(NAMES):
        assert not (found[lower] < found[upper]).any()
