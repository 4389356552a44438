"""What octome sync and octome editions print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from official_site import book

from octome.cli.main import main


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("NO_PROXY", "*")
    for number in (3, 6):
        (tmp_path / f"part{number:02}.xml").write_bytes(book(number, "2024a"))
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


def test_an_edition_is_fetched_shown_exported_removed_and_added(files: Path) -> None:
    assert run("sync", "2024a", "--from", files).stdout.startswith("2024a: 2 parts, 0 figures")
    shown = json.loads(run("editions", "show", "2024a", "--problems", "--json").stdout)
    assert (shown["parts"], shown["origin"]) == (["3", "6"], str(files))
    assert any("pond.svg" in problem["words"] for problem in shown["problems"])
    assert run("editions", "export", "2024a", files / "frogs.tar.gz").exit_code == 0
    assert run("editions", "remove", "2024a").stdout == "2024a: removed\n"
    assert run("editions", "show", "2024a").exit_code == 2
    assert run("editions", "add", files / "frogs.tar.gz").stdout == "2024a: added, 2 parts\n"


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "2024a", "--from", "http://127.0.0.1:1"),
        ("sync", "--from", "nowhere"),
        ("sync", "frog"),
        ("sync", "--parts", "pond"),
        ("sync", "--parts", "99"),
        ("editions", "remove", "2024a"),
        ("editions", "export", "2024a", "frogs.tar.gz"),
        ("editions", "add", "nowhere.tar.gz"),
    ],
)
def test_a_refusal_is_one_line(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
