"""The ledger of a run that adds to a study: all or nothing is kept."""

from __future__ import annotations

from pathlib import Path

from octome.pipeline.manifest import FinishedStep
from octome.pipeline.new_files import NewFiles


def step(file: str) -> FinishedStep:
    return FinishedStep(
        name="surfaces",
        key="aa",
        file=file,
        sop_instance="1.2.3",
        series="1.2",
        size=4,
        seconds=0.5,
    )


def test_a_recorded_step_is_not_finished_for_the_next_request(tmp_path: Path) -> None:
    ledger = NewFiles(tmp_path)
    ledger.begin("surfaces", "aa", tmp_path / "surfaces.dcm")
    ledger.record(step("surfaces.dcm"))
    assert ledger.finished("surfaces", "aa") is None


def test_a_failed_run_removes_its_own_files_only(tmp_path: Path) -> None:
    (tmp_path / "surfaces.dcm").write_text("of the study")
    ledger = NewFiles(tmp_path)
    path = ledger.free_path("surfaces")
    path.write_text("new")
    ledger.record(step(path.name))
    ledger.record(step("removed-already.dcm"))
    ledger.abandon()
    assert [each.name for each in tmp_path.iterdir()] == ["surfaces.dcm"]
    assert (tmp_path / "surfaces.dcm").read_text() == "of the study"


def test_an_intermediate_file_is_hidden_until_it_is_discarded(tmp_path: Path) -> None:
    ledger = NewFiles(tmp_path)
    path = ledger.intermediate_path("scan-omag")
    path.write_text("volumes")
    assert path.name.startswith(".")
    ledger.discard("scan-omag")
    assert not path.exists()
    ledger.discard("scan-omag")
