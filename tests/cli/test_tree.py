"""`octome tree` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from octome.cli.main import main


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_study_is_shown_as_a_tree(study: Path) -> None:
    lines = run("tree", study).stdout.splitlines()
    assert lines[0] == "patient (not stated)"
    assert lines[2:4] == ["right eye", "  series 1  OPT  Raw acquisition"]
    assert "    C  flow-omag.dcm  40 B-scans of 512 x 64" in lines
    said = json.loads(run("tree", study, "--json").stdout)
    assert len(said) == 18
    assert {each["letter"] for each in said} == {"A", "B", "C", "D1", "D2", "E", "F"}
