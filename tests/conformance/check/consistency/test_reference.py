"""References, and the lists that must contain them."""

from __future__ import annotations

from pydicom import dcmread
from small_instance import encoded

from octome.conformance.check.checker import Checker


def test_references_are_in_common_instance_reference(made_chain, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    ds = dcmread(made_chain.file("flow-omag"))
    ds.ReferencedSeriesSequence[0].ReferencedInstanceSequence[
        0
    ].ReferencedSOPInstanceUID = "2.25.77"
    found = [f.code for f in checker.check(encoded(ds)).findings if f.outcome == "warning"]
    assert found == ["reference-not-listed"]
