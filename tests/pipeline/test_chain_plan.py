"""The plan of a chain is a list of steps, each after those whose files it reads."""

from __future__ import annotations

import pytest

from octome.errors import MissingFact
from octome.octa.acquisition_file import AcquisitionFile
from octome.pipeline.chain_plan import plan
from octome.pipeline.request import Request
from octome.pipeline.source import read_source
from octome.pipeline.step import InstanceStep

WHOLE = Request(with_height_map=True)
OLDER = Request(enface_profile="2024c")


def test_every_input_comes_before_its_step(made_chain) -> None:
    steps = plan(read_source(made_chain.scan), WHOLE)
    seen: set[str] = set()
    for step in steps:
        references = step.references if isinstance(step, InstanceStep) else {}
        needed = {*step.steps_before, *(name for name in references.values() if name in seen)}
        assert needed <= seen, step.name
        seen.add(step.name)


def test_steps_depend_on_the_source(made_chain) -> None:
    recorded = [step.name for step in plan(read_source(made_chain.scan), WHOLE)]
    assert recorded[:6] == [
        "raw", "scan-omag", "structure", "surfaces", "height-map", "flow-omag",
    ]  # fmt: skip
    raw = [step.name for step in plan(read_source(made_chain.file("raw")), Request())]
    assert "raw" not in raw
    image = [step.name for step in plan(read_source(made_chain.file("structure")), Request())]
    assert image[:3] == ["structure", "surfaces", "enface/retina-structure"]
    assert not any("flow" in name for name in image)


def test_raw_data_refers_to_the_volumes_that_are_planned(made_chain) -> None:
    steps = {step.name: step for step in plan(read_source(made_chain.scan), Request())}
    volumes = steps["raw"].parameters.volumes
    planned = [steps["structure"], steps["flow-omag"]]
    assert [each.sop_instance for each in volumes] == [step.series.sop_instance for step in planned]
    assert [each.series for each in volumes] == [step.series.uid for step in planned]


def test_only_the_older_profile_needs_surfaces_for_bounds(made_chain) -> None:
    source = read_source(made_chain.scan)
    older = {step.name: step for step in plan(source, OLDER)}
    assert older["enface/superficial-flow"].inputs["bounds"] == "slab-bounds"
    assert "bounds" not in older["enface/retina-flow"].inputs
    assert "slab-bounds" not in {step.name for step in plan(source, WHOLE)}


def test_a_contradiction_is_an_error_before_any_step(made_chain) -> None:
    with pytest.raises(MissingFact, match="--laterality is L"):
        plan(read_source(made_chain.scan), Request(laterality="L"))


def test_planning_leaves_the_recording_closed(made_chain) -> None:
    plan(read_source(made_chain.scan), Request())
    with AcquisitionFile(made_chain.scan) as file:
        assert file.acquisition.recorded.shape[0] == 40
