"""A chain's record of its steps: damage gives one line, never a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.uid import UID

from octome.errors import InstancesDisagree, InstanceUnreadable, OctomeError
from octome.pipeline.manifest import FORMAT, NAME, FinishedStep, Manifest


def step(**changes: Any) -> FinishedStep:
    fields: dict[str, Any] = {
        "name": "surfaces",
        "key": "aa",
        "file": "surfaces.dcm",
        "sop_instance": "1.2.3",
        "series": "1.2",
        "size": 4,
        "seconds": 0.5,
    }
    return FinishedStep(**(fields | changes))


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, Any]:
    """A manifest as octome writes it, with one step and one that was begun."""
    manifest = Manifest(tmp_path, "chain")
    manifest.reserved("first structure", UID("1.2.9"))
    (tmp_path / "surfaces.dcm").write_bytes(b"four")
    manifest.record(step())
    manifest.begin("flow", "bb", tmp_path / "flow.dcm")
    data: dict[str, Any] = json.loads((tmp_path / NAME).read_text())
    return data


def test_a_recorded_step_is_found_again(tmp_path: Path, whole: dict[str, Any]) -> None:
    again = Manifest(tmp_path, "chain")
    assert again.reserved("first structure", UID("1.2.10")) == "1.2.9"
    assert again.reserved("first flow", UID("1.2.10")) == "1.2.10"
    assert again.finished("surfaces", "aa") == step()
    assert again.finished("surfaces", "another key") is None


def test_another_chain_needs_another_folder(tmp_path: Path, whole: dict[str, Any]) -> None:
    with pytest.raises(InstancesDisagree, match="holds the chain of another acquisition"):
        Manifest(tmp_path, "another")


def test_a_file_of_another_size_is_an_error(tmp_path: Path, whole: dict[str, Any]) -> None:
    (tmp_path / "surfaces.dcm").write_bytes(b"fives")
    with pytest.raises(InstancesDisagree, match="5 bytes, not 4"):
        Manifest(tmp_path, "chain").finished("surfaces", "aa")


def refusal(folder: Path) -> str | None:
    """The error for the manifest of a folder, in one line; None if there is none."""
    try:
        Manifest(folder, "chain").finished("surfaces", "aa")
    except OctomeError as error:
        return str(error)
    return None


WRONG = [None, [], {}, "\ud800", "a\0b", True, float("inf"), float("nan"), -1, 10**400]
NOT_A_FILE = ["", "../../etc/passwd", "/etc/passwd", "x" * 5000, "."]
CASES = [
    *((field, wrong) for field in ("name", "key", "sop_instance", "series") for wrong in WRONG),
    *((field, wrong) for field in ("size", "seconds") for wrong in [*WRONG, "4"]),
    *(("file", wrong) for wrong in [*WRONG, *NOT_A_FILE]),
    ("size", 10**4000),
    ("series", "1.2 3"),
    ("sop_instance", "1.2" * 40),
]


@pytest.mark.parametrize(("field", "wrong"), CASES, ids=lambda value: repr(value)[:20])
def test_a_wrong_value_in_a_step_is_one_line(
    tmp_path: Path, whole: dict[str, Any], field: str, wrong: Any
) -> None:
    whole["steps"][0][field] = wrong
    (tmp_path / NAME).write_text(json.dumps(whole))
    why = refusal(tmp_path)
    assert why is not None
    assert "octome.json: it is damaged" in why
    assert "\n" not in why


@pytest.mark.parametrize("field", ["format", "chain", "uids", "steps", "begun"])
@pytest.mark.parametrize("wrong", [None, [1], {"a": 1}, 7, "x", [[]], [{"name": "a"}]], ids=repr)
def test_a_wrong_part_is_one_line(
    tmp_path: Path, whole: dict[str, Any], field: str, wrong: Any
) -> None:
    whole[field] = wrong
    (tmp_path / NAME).write_text(json.dumps(whole))
    if (field, wrong) == ("begun", None):
        assert Manifest(tmp_path, "chain").finished("surfaces", "aa") is not None
        return
    with pytest.raises(OctomeError) as caught:
        Manifest(tmp_path, "chain")
    assert "\n" not in str(caught.value)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(at=st.integers(0, 2000), byte=st.integers(0, 255), cut=st.booleans())
def test_any_damage_to_its_bytes_is_one_line(
    tmp_path: Path, whole: dict[str, Any], at: int, byte: int, cut: bool
) -> None:
    data = bytearray(json.dumps(whole, indent=1).encode())
    at %= len(data)
    data[at] = byte
    (tmp_path / NAME).write_bytes(data[:at] if cut else data)
    assert "\n" not in (refusal(tmp_path) or "")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"", b"[" * 100_000, b'{"format": ' + b"9" * 5000]
)
def test_a_manifest_that_is_not_json_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(InstanceUnreadable, match="move the file away"):
        Manifest(tmp_path, "chain")


def test_an_older_format_is_an_error(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(json.dumps({"format": FORMAT.replace("3", "2")}))
    with pytest.raises(InstanceUnreadable, match="another version of octome"):
        Manifest(tmp_path, "chain")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    with pytest.raises(InstanceUnreadable, match="not a file"):
        Manifest(tmp_path, "chain")
