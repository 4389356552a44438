"""What is missing is made after it arrived, and a failure is named."""

from __future__ import annotations

import queue
import shutil
from pathlib import Path

import pytest

from octome.pipeline import arrival_worker
from octome.pipeline.arrival import arrived_scans
from octome.pipeline.arrival_worker import ArrivalWorker, Derived


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival_worker, "QUIET_SECONDS", 0.0)


def derived(study: Path) -> Derived:
    """What a worker makes of a study."""
    done: queue.Queue[Derived] = queue.Queue()
    worker = ArrivalWorker(done.put)
    worker.arrived(study)
    found = done.get(timeout=300)
    assert worker.stop() == []
    return found


def test_surfaces_and_images_are_made_next_to_the_volume(made_chain, tmp_path: Path) -> None:
    eye = tmp_path / "study" / "right"
    eye.mkdir(parents=True)
    for name in ("structure", "flow-omag"):
        shutil.copy(made_chain.file(name), eye)
    done = derived(tmp_path / "study")
    assert done.error is None
    assert {path.parent for path in done.paths} == {eye}
    (scan,) = arrived_scans(tmp_path / "study")
    assert str(scan) == "right eye: B C D E F; complete"


def test_a_failure_is_named_and_changes_nothing(made_chain, tmp_path: Path) -> None:
    content = made_chain.file("structure").read_bytes()
    volume = tmp_path / "structure.dcm"
    # A volume of 512 rows whose pixels are of 2.
    volume.write_bytes(content.replace(b"\x28\0\x10\0US\2\0\0\2", b"\x28\0\x10\0US\2\0\2\0", 1))
    assert volume.read_bytes() != content
    done = derived(tmp_path)
    assert done.error is not None
    assert str(volume) in str(done.error)
    assert [path.name for path in tmp_path.iterdir()] == ["structure.dcm"]


def test_a_study_that_is_still_arriving_is_waited_for(tmp_path: Path) -> None:
    worker = ArrivalWorker(pytest.fail)
    arrival_worker.QUIET_SECONDS = 60.0
    worker.arrived(tmp_path)
    assert worker.stop() == [tmp_path]
    worker = ArrivalWorker(pytest.fail)
    worker.arrived(tmp_path)
    worker.arriving(tmp_path)
    assert worker.stop() == []
