"""Plain copies of a study, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from octome.cli.main import main


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize(("output_format", "name"), [("sc", "flow.dcm"), ("tiff", "flow.ome.tif")])
def test_export_lists_the_copies(
    study: Path, tmp_path: Path, output_format: str, name: str
) -> None:
    out = tmp_path / "out"
    result = run("export", study, out, "--format", output_format)
    assert result.exit_code == 0, result.stderr
    assert f"{out / name}: Copy of OCT-A flow volume, 40 frames" in result.stdout
    assert len(list(out.iterdir())) == 16


def test_as_json_each_copy_names_its_sources(study: Path, tmp_path: Path) -> None:
    (study / "surfaces.dcm").unlink()
    (study / "height-map.dcm").unlink()
    said = json.loads(run("export", study, tmp_path / "out", "--json").stdout)
    assert said["copies"][1]["copy_of"] == [
        str(study / name) for name in ("structure.dcm", "flow-omag.dcm")
    ]
    assert said["copies"][0]["series_number"] == 11
    assert said["left_out"] == [{"what": "surfaces", "why": "the study has no surfaces"}]


def test_an_existing_folder_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    result = run("export", tmp_path / "none", tmp_path)
    assert result.exit_code == 2
    assert "already exists and is not overwritten" in result.stderr
