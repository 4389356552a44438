"""Each step runs once; optional ones may fail; a failed run leaves no useless files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID

from octome.errors import InstanceUnreadable, SurfaceMissing
from octome.instances.composite import Reference, Series
from octome.instances.device import Equipment
from octome.instances.exam import Exam
from octome.instances.instance_kind import STRUCTURE
from octome.pipeline.executor import run_plan
from octome.pipeline.manifest import Manifest
from octome.pipeline.new_files import NewFiles
from octome.pipeline.step import InstanceJob, InstanceStep, IntermediateStep, Job, Progress

EXAM = Exam(
    shared=Dataset(),
    laterality="R",
    acquired=datetime(2026, 1, 31),
    frame_of_reference=UID("1.2"),
    scanner=Equipment("", "", "", ()),
)
SERIES = Series(number=1, uid=UID("1.2.3"), description="text")


@dataclass(frozen=True)
class Text:
    text: str


def write_note(job: Job[Text], _progress: Progress) -> None:
    job.output.write_text(job.parameters.text)


def write_text(job: InstanceJob[Text], progress: Progress) -> Reference:
    """The texts of its inputs and its own."""
    progress("half", 0.5)
    parts = [job.inputs[role].read_text() for role in sorted(job.inputs)]
    job.output.write_text("+".join([*parts, job.parameters.text]))
    return Reference(STRUCTURE.sop_class, job.series.sop_instance or UID("1.2.4"), job.series.uid)


def without_surface(_job: InstanceJob[Text], _progress: Progress) -> Reference:
    raise SurfaceMissing("no surface")


def broken(_job: InstanceJob[Text], _progress: Progress) -> Reference:
    raise InstanceUnreadable("broken")


def step(name: str, **changes: Any) -> InstanceStep[Text]:
    fields: dict[str, Any] = {
        "inputs": {},
        "parameters": Text(name),
        "kind": STRUCTURE,
        "exam": EXAM,
        "series": SERIES,
        "run": write_text,
    }
    return InstanceStep(name=name, **(fields | changes))


NOTE = IntermediateStep(name="note", inputs={}, parameters=Text("note"), run=write_note)
FIRST = step("first", inputs={"note": "note"})
SECOND = step("second", inputs={"first": "first", "note": "note"})


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_step_reads_the_files_of_the_steps_before_it(tmp_path: Path) -> None:
    results = run_plan([NOTE, FIRST, SECOND], Manifest(tmp_path, "chain"))
    assert [result.path.name for result in results] == ["first.dcm", "second.dcm"]
    assert results[1].path.read_text() == "note+first+note+second"


def test_an_intermediate_file_is_removed_after_its_last_use(tmp_path: Path) -> None:
    run_plan([NOTE, FIRST, SECOND], Manifest(tmp_path, "chain"))
    assert names(tmp_path) == {"octome.json", "first.dcm", "second.dcm"}


def test_finished_steps_are_not_run_again(tmp_path: Path) -> None:
    run_plan([NOTE, FIRST, SECOND], Manifest(tmp_path, "chain"))
    # Nothing needs the intermediate file, so nothing writes it.
    again = [replace(NOTE, run=broken), replace(FIRST, run=broken), replace(SECOND, run=broken)]
    results = run_plan(again, Manifest(tmp_path, "chain"))
    assert [result.is_new for result in results] == [False, False]
    (tmp_path / "second.dcm").unlink()
    results = run_plan([NOTE, FIRST, SECOND], Manifest(tmp_path, "chain"))
    assert [result.is_new for result in results] == [False, True]


def test_an_optional_step_may_have_nothing_to_write(tmp_path: Path) -> None:
    optional = step("bounds", run=without_surface, is_optional=True)
    last = step("image", inputs={"bounds": "bounds"})
    results = run_plan([optional, last], Manifest(tmp_path, "chain"))
    assert [result.path.name for result in results] == ["image.dcm"]
    assert results[0].path.read_text() == "image"
    with pytest.raises(SurfaceMissing):
        run_plan([step("bounds", run=without_surface)], NewFiles(tmp_path))


def test_a_failed_run_keeps_instances_and_no_intermediate_file(tmp_path: Path) -> None:
    plan = [NOTE, FIRST, step("last", inputs={"note": "note"}, run=broken)]
    with pytest.raises(InstanceUnreadable):
        run_plan(plan, Manifest(tmp_path, "chain"))
    assert names(tmp_path) == {"octome.json", "first.dcm"}


def test_a_run_of_new_files_leaves_all_or_none(tmp_path: Path) -> None:
    with pytest.raises(InstanceUnreadable):
        run_plan([step("first"), step("last", run=broken)], NewFiles(tmp_path))
    assert names(tmp_path) == set()


def test_progress_rises_to_one(tmp_path: Path) -> None:
    seen: list[tuple[str, float]] = []
    run_plan(
        [step("first", weight=1), step("second", weight=3)],
        NewFiles(tmp_path),
        progress=lambda label, share: seen.append((label, share)),
    )
    assert seen == [
        ("first", 0.0),
        ("half", 0.125),
        ("second", 0.25),
        ("half", 0.625),
        ("done", 1.0),
    ]
