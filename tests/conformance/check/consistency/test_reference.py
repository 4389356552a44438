"""References, and the lists that must contain them."""

from __future__ import annotations

import pytest
from pydicom import dcmread
from small_instance import ct_image, dataset, encoded, found_by

from octome.conformance.check.checker import Checker
from octome.conformance.check.consistency.reference import source_instances


def test_references_are_in_common_instance_reference(made_chain, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    ds = dcmread(made_chain.file("flow-omag"))
    ds.ReferencedSeriesSequence[0].ReferencedInstanceSequence[
        0
    ].ReferencedSOPInstanceUID = "2.25.77"
    found = [f.code for f in checker.check(encoded(ds)).findings if f.outcome == "warning"]
    assert found == ["reference-not-listed"]


@pytest.mark.parametrize(
    ("of", "named", "is_wrong"), [("2", "4", True), ("2", "88.11", False), ("104.1", "4", False)]
)
def test_images_are_source_images(of: str, named: str, *, is_wrong: bool) -> None:
    ds = ct_image()
    ds.SOPClassUID = f"1.2.840.10008.5.1.4.1.1.{of}"
    uid = f"1.2.840.10008.5.1.4.1.1.{named}"
    ds.SourceInstanceSequence = [dataset(ReferencedSOPClassUID=uid)]
    path = "SourceInstanceSequence[0].ReferencedSOPClassUID"
    assert found_by(source_instances, ds) == [f"warning reference-class {path}"] * is_wrong
