"""The steps that read a recording keep all of it, and compute the same as octa."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
from pydicom.uid import UID

from octome.instances.composite import Reference, Series
from octome.instances.exam import exam_of
from octome.instances.instance_kind import FLOW, STRUCTURE
from octome.instances.raw_data import read_raw_data
from octome.octa.acquisition_file import AcquisitionFile
from octome.octa.angiography import scan
from octome.pipeline.scan_file import read_scan
from octome.pipeline.step import InstanceJob, Job
from octome.pipeline.steps.recorded import (
    RawDataParameters,
    ScanParameters,
    raw_data,
    scan_volumes,
)


def test_raw_data_holds_the_recording_and_refers_to_later_volumes(
    made_chain, tmp_path: Path
) -> None:
    volumes = tuple(
        Reference(kind.sop_class, UID(uid), UID("1.2"))
        for kind, uid in ((STRUCTURE, "1.2.4"), (FLOW, "1.2.5"))
    )
    shares: list[float] = []
    job = InstanceJob(
        inputs={"source": made_chain.scan},
        output=tmp_path / "raw.dcm",
        parameters=RawDataParameters(volumes),
        exam=exam_of(pydicom.dcmread(made_chain.file("structure"), stop_before_pixels=True)),
        series=Series(number=1, uid=UID("1.2.3"), instance=7),
    )
    reference = raw_data(job, lambda _label, share: shares.append(share))
    stored = read_raw_data(job.output)
    stored.check()
    with AcquisitionFile(made_chain.scan) as file:
        np.testing.assert_array_equal(stored.acquisition.recorded[:], file.acquisition.recorded[:])
    assert reference.sop_instance == stored.header.SOPInstanceUID
    assert (stored.header.SeriesInstanceUID, stored.header.InstanceNumber) == ("1.2.3", 7)
    found = {
        element.value
        for element in stored.header.iterall()
        if element.keyword == "ReferencedSOPInstanceUID"
    }
    assert found == {"1.2.4", "1.2.5"}
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_the_volumes_of_a_scan_are_those_of_octa(made_chain, tmp_path: Path) -> None:
    job = Job(
        inputs={"source": made_chain.scan},
        output=tmp_path / "scan",
        parameters=ScanParameters("decorrelation"),
    )
    scan_volumes(job, lambda _label, _share: None)
    found = read_scan(job.output)
    with AcquisitionFile(made_chain.scan) as file:
        expected = scan(file.acquisition, method="decorrelation")
    assert found.method.name == "decorrelation"
    np.testing.assert_array_equal(found.flow, expected.flow)
    np.testing.assert_array_equal(found.structure, expected.structure)
