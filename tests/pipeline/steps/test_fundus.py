from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pydicom
import pytest
from spectralis import SPECTRALIS
from vol_file import VolFile, ramp_bscans

from octome.errors import NothingThere
from octome.formats.reading_options import ReadingOptions
from octome.instances.composite import Series
from octome.instances.exam import Patient, new_exam
from octome.pipeline.step import InstanceJob
from octome.pipeline.steps.fundus import FundusParameters, fundus_of_device


def job(folder: Path, slo: np.ndarray) -> InstanceJob[FundusParameters]:
    path = folder / "scan.vol"
    path.write_bytes(VolFile(ramp_bscans(), slo=slo).bytes)
    return InstanceJob(
        inputs={"source": path},
        output=folder / "new.dcm",
        parameters=FundusParameters(ReadingOptions()),
        exam=new_exam(Patient(), "R", datetime(2020, 2, 3), SPECTRALIS.equipment),
        series=Series(number=9),
    )


def test_the_picture_in_a_vendor_file_is_stored_unchanged(tmp_path: Path) -> None:
    slo = np.arange(6, dtype=np.uint8).reshape(2, 3)
    fundus_of_device(job(tmp_path, slo), lambda _label, _share: None)
    np.testing.assert_array_equal(pydicom.dcmread(tmp_path / "new.dcm").pixel_array, slo)


def test_a_file_without_picture_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NothingThere, match="no picture of the fundus"):
        fundus_of_device(job(tmp_path, np.zeros((0, 0), np.uint8)), lambda _label, _share: None)
