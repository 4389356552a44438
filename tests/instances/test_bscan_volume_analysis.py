"""The flow volume: values within half a step, each frame derived from the same frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from changed_instance import changed, refusal
from pydicom.dataset import Dataset

from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis, structure_of


def test_flow_is_within_half_a_step_of_15_bits_and_absent_where_it_was(
    tiny, tiny_files: dict[str, Path]
) -> None:
    found = read_bscan_volume_analysis(tiny_files["flow"])
    values = found.values()
    assert np.isnan(values[2]).all()
    assert np.nanmax(np.abs(values - tiny.flow)) <= np.nanmax(tiny.flow) / 32766 / 2 + 1e-7
    structure = pydicom.dcmread(tiny_files["structure"])
    assert structure_of(found) == structure.SOPInstanceUID


def test_each_frame_is_derived_from_the_same_frame_of_the_structure(tiny_files) -> None:
    structure, flow = (pydicom.dcmread(tiny_files[name]) for name in ("structure", "flow"))
    assert list(flow.ImageType) == ["ORIGINAL", "PRIMARY"]
    for number, group in enumerate(flow.PerFrameFunctionalGroupsSequence, 1):
        (source,) = group.DerivationImageSequence[0].SourceImageSequence
        assert source.ReferencedSOPInstanceUID == structure.SOPInstanceUID
        assert source.ReferencedFrameNumber == number
        assert source.PurposeOfReferenceCodeSequence[0].CodeValue == "128250"
    (series,) = flow.ReferencedSeriesSequence
    assert series.SeriesInstanceUID == structure.SeriesInstanceUID


def test_the_timing_of_the_repeats_is_stated(tiny, tiny_files) -> None:
    flow = pydicom.dcmread(tiny_files["flow"])
    (item,) = flow.OCTBscanAnalysisAcquisitionParametersSequence
    assert (item.NumberOfBscansPerFrame, item.BscanCycleTime) == (2, pytest.approx(3.65))
    # 100,000 A-scans a second, in kHz; a B-scan each 3.65 ms.
    assert item.AscanRate == pytest.approx(100.0)
    assert item.BscanRate == pytest.approx(273.9726, abs=1e-4)
    assert item.DistanceBetweenBscanSlabs == pytest.approx(3 / 128)


def test_a_flow_volume_without_its_source_is_refused(tiny_files, tmp_path: Path) -> None:
    def change(ds: Dataset) -> None:
        del ds.PerFrameFunctionalGroupsSequence[0].DerivationImageSequence

    path = changed(tiny_files["flow"], tmp_path / "it.dcm", change)
    stored = read_bscan_volume_analysis(path)
    assert "which volume it was derived from" in refusal(lambda: structure_of(stored), names=path)
