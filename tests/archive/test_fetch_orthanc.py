"""Instances fetched from a real Orthanc: by DICOMweb, C-GET and C-MOVE, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from octome.archive.dicomweb import store
from octome.cli.main import main

Fetch = Callable[..., Result]


@pytest.fixture(params=["web", "get", "move"])
def fetch(request: pytest.FixtureRequest, orthanc_server, tmp_path: Path) -> Fetch:
    """The command, by each of the three ways, into a folder."""
    web = request.param == "web"
    source = orthanc_server.dicomweb if web else f"ORTHANC@127.0.0.1:{orthanc_server.dicom_port}"
    how = ["--move", "--listen-port", orthanc_server.our_port] if request.param == "move" else []

    def fetched(*words: object) -> Result:
        options = ["--json", *how, *words]
        return CliRunner().invoke(main, ["fetch", source, str(tmp_path / "in"), *map(str, options)])

    return fetched


@pytest.fixture
def stored(orthanc_server, small_instance, compressed_instance, tmp_path: Path) -> dict[str, Path]:
    """Four instances of two studies, one compressed, by UID."""
    import numpy as np

    orthanc_server.clear()
    contents = {
        "1.2.1": small_instance(uid="1.2.1"),
        "1.2.2": small_instance(uid="1.2.2", is_undefined=True),
        "1.2.3": compressed_instance(np.ones((2, 32, 32), np.uint16), "jpeg-ls", uid="1.2.3"),
        "1.3.1": small_instance(uid="1.3.1", study="1.3"),
    }
    paths = {uid: tmp_path / uid for uid in contents}
    for uid, content in contents.items():
        paths[uid].write_bytes(content)
    sent = store(list(paths.values()), orthanc_server.dicomweb)
    assert all(each.is_stored for each in sent)
    return paths


def outcomes(result: Result) -> dict[str, str]:
    return {
        each["sop_instance"]: each["outcome"] for each in json.loads(result.stdout)["instances"]
    }


def test_a_study_arrives_byte_for_byte_and_once(
    fetch: Fetch, stored: dict[str, Path], data_set_bytes, tmp_path: Path
) -> None:
    result = fetch("--study", "1.2")
    assert result.exit_code == 0, result.output
    assert outcomes(result) == dict.fromkeys(("1.2.1", "1.2.2", "1.2.3"), "fetched")
    received = {path.stem: path for path in (tmp_path / "in").rglob("*.dcm")}
    assert set(received) == {"1.2.1", "1.2.2", "1.2.3"}
    for uid in ("1.2.1", "1.2.3"):  # Orthanc encodes 1.2.2 again for DICOM
        assert data_set_bytes(received[uid]) == data_set_bytes(stored[uid])
    received["1.2.1"].unlink()
    again = fetch("--study", "1.2")
    assert outcomes(again) == {
        "1.2.1": "fetched",
        "1.2.2": "already here",
        "1.2.3": "already here",
    }


def test_a_dry_run_lists_and_fetches_nothing(
    fetch: Fetch, stored: dict[str, Path], tmp_path: Path
) -> None:
    result = fetch("--patient-id", "*", "--modality", "OT", "--dry-run")
    assert result.exit_code == 0, result.output
    listed = json.loads(result.stdout)["instances"]
    assert {each["sop_instance"] for each in listed} == set(stored)
    assert not any(each["is_here"] for each in listed)
    assert not (tmp_path / "in").exists()


def test_what_does_not_match_is_not_fetched(fetch: Fetch, stored: dict[str, Path]) -> None:
    filters = ("--modality", "OPT"), ("--date", "2026-01-31.."), ("--patient-id", "nobody")
    for words in filters:
        result = fetch("--study", "1.2", *words)
        assert (result.exit_code, json.loads(result.stderr)["code"]) == (2, "nothing-matches")
