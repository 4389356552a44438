"""A result describes the file that it names."""

from __future__ import annotations

import pydicom
import pytest

from octome.instances.instance_kind import STRUCTURE
from octome.pipeline.step_result import StepResult


def test_a_result_describes_its_file(made_chain) -> None:
    assert all(result.is_new and result.seconds >= 0 for result in made_chain.results)
    for result in made_chain.results:
        header = pydicom.dcmread(result.path, stop_before_pixels=True)
        assert header.SOPInstanceUID == result.sop_instance
        assert header.SOPClassUID == result.kind.sop_class
        assert header.Modality == result.kind.modality


def test_fields_are_given_by_name(made_chain) -> None:
    path = made_chain.file("structure")
    with pytest.raises(TypeError):
        StepResult(STRUCTURE, path, "1.2.3", 0.5, True)  # type: ignore[misc]
