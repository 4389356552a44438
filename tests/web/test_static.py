"""The arithmetic of the scripts, tested by Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from octome.web.url import STATIC

TESTS = sorted((Path(__file__).parent / "static").glob("*.test.js"))
# They do nothing but set a value or wire the others.
WITHOUT_LOGIC = {"main.js", "theme.js"}


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed (Debian: nodejs)")
@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_node_passes(path: Path) -> None:
    done = subprocess.run(
        ["node", "--test", path], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_script_with_logic_has_a_test() -> None:
    scripts = {file.name for file in STATIC.iterdir() if file.name.endswith(".js")}
    assert scripts - WITHOUT_LOGIC == {path.name.replace(".test", "") for path in TESTS}
