"""`octome demo` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from PIL import Image

from octome.cli.main import MODULES, main


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_demo_shows_the_chain_once_and_again(tmp_path: Path) -> None:
    words = ("demo", "--out", tmp_path / "demo", "--size", "40x2x48x1024", "--seed", "2")
    first = run(*words)
    assert first.exit_code == 0, first.stderr
    assert "D2 height-map.dcm" in first.stdout
    assert "18 instances written" in first.stdout
    with Image.open(tmp_path / "demo" / "normal-40x2x48x1024-2.png") as image:
        assert image.size[0] > 1200
    said = json.loads(run(*words, "--json").stdout)
    assert len(said["instances"]) == 18
    # The commands that it suggests exist.
    for line in first.stdout.splitlines():
        if line.startswith("  octome "):
            assert line.split()[1] in MODULES
