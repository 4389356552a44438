"""The length of spectroscopy data: one float32 for each number of each sample."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset

from octome.conformance.synthesis.bulk import POINTS, arrange_spectra


@pytest.mark.parametrize(("numbers", "count"), [("COMPLEX", 96), ("REAL", 48)])
def test_spectra_are_as_long_as_their_samples(numbers: str, count: int) -> None:
    ds = Dataset()
    ds.Rows, ds.Columns, ds.NumberOfFrames = 2, 3, 2
    ds.DataPointRows, ds.DataPointColumns = 1, 4
    ds.DataRepresentation, ds.SpectroscopyData = numbers, b""
    arrange_spectra(ds)
    # 2 x 3 x 2 x 4 samples are 48, of two numbers each if they are complex.
    assert len(ds.SpectroscopyData) == 4 * count


def test_nothing_is_added_where_there_are_no_spectra() -> None:
    ds = Dataset()
    ds.Rows = 2
    arrange_spectra(ds)
    assert "SpectroscopyData" not in ds


def test_a_triangle_has_three_points() -> None:
    assert POINTS == 3
