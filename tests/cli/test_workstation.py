"""More images and surfaces of a stored study, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from PIL import Image

from octome.cli.main import main


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_enface_reports_what_it_used_and_draws(study: Path, tmp_path: Path) -> None:
    picture = tmp_path / "max.png"
    words = ("--upper", "ILM", "--lower", "ipl+10um", "--projection", "max")
    result = run("enface", study, *words, "--picture", picture)
    assert result.exit_code == 0, result.stderr
    assert "max of flow in ILM..IPL+10um" in result.stdout
    assert str(study / "surfaces.dcm") in result.stdout
    with Image.open(picture) as image:
        assert image.size[0] == 400
    said = json.loads(run("enface", study, "--slab", "deep", "--json").stdout)
    assert said["slab"] == "IPL+15um..OPL+10um"
    assert Path(said["image"]).exists()


def test_segment_reports_where_the_surfaces_are(study: Path) -> None:
    result = run("segment", study)
    assert result.stdout.startswith(f"{study / 'surfaces-2.dcm'}: Layer surfaces")
    said = json.loads(run("segment", study, "--height-map", "--json").stdout)
    assert [Path(each["file"]).name for each in said["made"]] == [
        "surfaces-3.dcm",
        "height-map-2.dcm",
    ]
