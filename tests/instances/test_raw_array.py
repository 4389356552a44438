"""The array of raw data: its digest, its types and its parts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from changed_instance import changed, refusal
from pydicom.dataset import Dataset

from octome.errors import (
    InstanceUnreadable,
)
from octome.instances.raw_array import array_digest, type_name
from octome.instances.raw_data import read_raw_data


def test_an_acquisition_in_several_elements_reads_as_one(
    tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octome.instances.raw_array.PART_BYTES", 2 * 2 * 10 * 48 * 2)
    tiny.write_raw(tmp_path / "raw.dcm")
    stored = read_raw_data(tmp_path / "raw.dcm")
    stored.check()
    for key in (slice(1, 4), 3, (slice(1, 3), 0), np.array([3, 0])):
        np.testing.assert_array_equal(
            stored.acquisition.recorded[key], tiny.acquisition.recorded[key]
        )


def test_the_digest_is_of_the_little_endian_bytes() -> None:
    array = np.arange(60, dtype=np.uint16).reshape(20, 3)
    expected = hashlib.sha256(array.astype("<u2").tobytes()).hexdigest()
    assert array_digest(array) == expected
    assert array_digest(array.astype(">u2")) == expected


def test_a_type_without_a_name_is_refused() -> None:
    names = [type_name(np.dtype(each)) for each in ("<u2", ">f4", "c8")]
    assert names == ["UINT16", "FLOAT32", "COMPLEX64"]
    with pytest.raises(InstanceUnreadable, match="float64"):
        type_name(np.dtype("f8"))


def test_an_array_of_more_than_the_file_holds_is_refused(tiny_files, tmp_path: Path) -> None:
    def change(ds: Dataset) -> None:
        ds.private_block(0x0079, "OCTOME RAW OCT")[0x02].value = [4, 2, 10, 4800]

    path = changed(tiny_files["raw"], tmp_path / "it.dcm", change)
    # 4 x 2 x 10 x 4800 numbers of two bytes.
    message = refusal(lambda: read_raw_data(path), names=path)
    assert "it states 768000 bytes of array: none, or more" in message
