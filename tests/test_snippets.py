"""What the README and the docs show, and a script of a user's kind, pass `mypy --strict`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import user_script
from octome.standard.library import Library

ROOT = Path(__file__).parents[1]
SNIPPET = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def snippets() -> dict[str, str]:
    """Each block of Python by the name of its file and its number there."""
    return {
        f"{path.stem.replace('-', '_').lower()}_{number}": match[1]
        for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
        for number, match in enumerate(SNIPPET.finditer(path.read_text("utf-8")), 1)
    }


def test_snippets_and_a_users_script_are_typed(tmp_path: Path) -> None:
    found = snippets()
    assert "readme_1" in found
    for name, code in found.items():
        (tmp_path / f"{name}.py").write_text(code, "utf-8")
    mypy = subprocess.run(
        [
            sys.executable,
            *("-m", "mypy", "--strict"),
            *("--config-file", str(ROOT / "pyproject.toml")),
            *(str(tmp_path / f"{name}.py") for name in found),
            str(ROOT / "tests" / "user_script.py"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert mypy.returncode == 0, mypy.stdout + mypy.stderr


def test_the_users_script_gets_its_answers(library: Library) -> None:
    assert user_script.mandatory_modules(library, "ct-image")[:2] == ["Patient", "General Study"]
    assert user_script.type_of(library, "patient", "PatientName") == "2"
    assert user_script.codes_of(library, 4271)["128273"] == "Choriocapillaris vasculature flow"
    assert {"path": "/ciods/ct-image", "title": "CT Image", "editions": []} in (
        user_script.nearest_to(library, "ct-imag")
    )
    assert "Pixel Spacing" in user_script.summary(library)
