"""Raw data: an acquisition comes back bit for bit, and other or damaged data is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
from changed_instance import changed, refusal
from pydicom.dataset import Dataset

from octome.instances.raw_data import read_raw_data
from octome.pipeline.source import read_source


def test_an_acquisition_comes_back_bit_for_bit(tiny, tiny_files: dict[str, Path]) -> None:
    stored = read_raw_data(tiny_files["raw"])
    stored.check()
    found = stored.acquisition
    np.testing.assert_array_equal(found.recorded[:], tiny.acquisition.recorded)
    assert found.calibration == tiny.acquisition.calibration
    assert found.geometry == tiny.acquisition.geometry
    assert found.metadata == tiny.acquisition.metadata
    assert (found.ascan_rate_hz, found.repeat_interval_ms) == (100_000.0, 3.65)
    assert found.laterality == "R"


def test_raw_data_in_another_layout_is_refused(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    path = changed(
        tiny_files["raw"],
        tmp_path / "it.dcm",
        lambda ds: setattr(ds, "CreatorVersionUID", "1.2.3"),
    )
    message = refusal(lambda: read_raw_data(path), names=path)
    assert "it is Raw Data, but not in octome's layout" in message


def test_one_wrong_bit_of_the_array_is_noticed(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    data = bytearray(tiny_files["raw"].read_bytes())
    data[-1000] ^= 1
    path = tmp_path / "it.dcm"
    path.write_bytes(data)
    stored = read_raw_data(path)
    assert "its array has a different digest" in refusal(stored.check, names=path)

    refusal(lambda: read_source(path), names=path)


def test_raw_data_refers_to_its_volumes(tiny_files) -> None:
    structure, flow, raw = (pydicom.dcmread(tiny_files[n]) for n in ("structure", "flow", "raw"))
    items = raw.ReferencedInstanceSequence
    assert [item.ReferencedSOPInstanceUID for item in items] == [
        structure.SOPInstanceUID,
        flow.SOPInstanceUID,
    ]
    assert {item.PurposeOfReferenceCodeSequence[0].CodeValue for item in items} == {"121347"}


def test_other_readers_find_the_numbers_by_the_table(tiny, tiny_files) -> None:
    raw = pydicom.dcmread(tiny_files["raw"])
    block = raw.private_block(0x0079, "OCTOME RAW OCT")
    assert (block[0x01].value, list(block[0x02].value)) == ("SPECTRA", [4, 2, 10, 48])
    assert (block[0x03].value, block[0x06].value) == ("UINT16", 100_000.0)
    array = raw.private_block(0x7FE1, "OCTOME RAW OCT")[0x01].value
    assert array == tiny.acquisition.recorded[:].astype("<u2").tobytes()


def test_a_value_that_must_be_positive_is_refused_by_its_name(tiny_files, tmp_path: Path) -> None:
    def change(ds: Dataset) -> None:
        ds.private_block(0x0079, "OCTOME RAW OCT")[0x06].value = 0.0

    path = changed(tiny_files["raw"], tmp_path / "it.dcm", change)
    assert "its A-scan Rate is 0.0" in refusal(lambda: read_raw_data(path), names=path)
