"""What octome sync and octome editions print, and how they end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from official_site import book

from octome.cli.main import main


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
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


def test_an_edition_is_named_in_any_case_and_the_newest_is_current(files: Path) -> None:
    assert run("sync", "2024A", "--from", files).stdout.startswith("2024a: 2 parts")
    for typed in ("2024A", "current", "Current"):
        shown = run("editions", "show", typed, "--json").stdout
        assert json.loads(shown)["edition"] == "2024a"
    compared = json.loads(run("diff", "2020B", "current", "--json").stdout)
    assert (compared["older"], compared["newer"]) == ("2020b", "2024a")
    assert run("editions", "remove", "2024A").stdout == "2024a: removed\n"
    refused = run("editions", "show", "current")
    assert "current is 2026b of the installed packages" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "2024a", "--from", "http://127.0.0.1:1"),
        ("sync", "--from", "nowhere"),
        ("sync", "frog"),
        ("sync", "--from", ""),
        ("sync", "--from", "file:///pond"),
        ("sync", "--from", "ftp://pond"),
        ("sync", "--parts", "pond"),
        ("sync", "--parts", ""),
        ("sync", "--parts", "6-3"),
        ("sync", "--parts", "99"),
        ("editions", "remove", "2024a"),
        ("editions", "export", "2024a", "frogs.tar.gz"),
        ("editions", "add", "nowhere.tar.gz"),
    ],
)
def test_a_refusal_is_one_line(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_sync_says_what_the_source_lacks_in_few_lines(files: Path) -> None:
    done = run("sync", "2024a", "--from", files)
    assert done.stdout == "2024a: 2 parts, 0 figures, 0.0 MB\n"
    assert done.stderr.splitlines() == [
        "octome: the source has no parts 1, 2, 4, 5, 7, 8, 10 to 12, 14 to 22",
        "octome: PS3.3: a picture is missing: figures/pond.svg",
        "octome: PS3.6: a picture is missing: figures/pond.svg",
    ]
    assert run("sync", "2024a", "--from", files).stdout == "2024a: already up to date\n"


def test_missing_parts_are_counted_apart(files: Path) -> None:
    run("sync", "2024a", "--from", files)
    shown = run("editions", "show", "2024a", "--problems").stdout
    (parts,) = re.findall(r"^(\d+) parts and 2 things missing or not understood:$", shown, re.M)
    assert 17 < int(parts) < 21


def test_problems_of_one_kind_are_one_line(files: Path) -> None:
    figures = "".join(
        f'<figure><mediaobject><imageobject><imagedata fileref="figures/{n}.svg"/></imageobject>'
        "</mediaobject></figure>"
        for n in range(49)
    )
    part = book(3, "2024a").replace(b"</chapter>", f"{figures}</chapter>".encode())
    (files / "part03.xml").write_bytes(part)
    words = "PS3.3: a picture is missing (50): figures/pond.svg, figures/0.svg, figures/1.svg"
    done = run("sync", "2024a", "--from", files, "--parts", "3")
    assert done.stderr == f"octome: {words} and 47 more\n"
    shown = run("editions", "show", "2024a", "--problems").stdout.splitlines()
    assert shown[-2:] == ["50 things missing or not understood:", f"  {words} and 47 more"]
    listed = json.loads(run("editions", "show", "2024a", "--problems", "--json").stdout)
    assert len(listed["problems"]) == 50


def test_problems_are_those_of_the_requested_parts(files: Path) -> None:
    run("sync", "2024a", "--from", files)
    done = run("sync", "2024a", "--from", files, "--parts", "6")
    assert done.stderr == "octome: PS3.6: a picture is missing: figures/pond.svg\n"


def test_problems_of_many_kinds_are_counted(files: Path) -> None:
    wrong = "<frog>croak</frog><section/><para><xref/><link xl:href='pond:'/>&#160;<toad/></para>"
    part = book(3, "2024a").replace(b"</chapter>", f"{wrong}</chapter>".encode())
    part = part.replace(b"<book ", b'<book xmlns:xl="http://www.w3.org/1999/xlink" ')
    (files / "part03.xml").write_bytes(part)
    done = run("sync", "2024a", "--from", files, "--parts", "3")
    assert done.stderr.endswith("octome editions show 2024a --problems lists them\n")


def test_one_edition_that_fails_does_not_keep_others_from_coming(files: Path) -> None:
    done = run("sync", "2031a", "2024a", "--from", files, "--parts", "3,6", "--json")
    assert done.exit_code == 2
    assert [each["edition"] for each in json.loads(done.stdout)] == ["2024a"]
    assert "1 edition of 2 could not be fetched" in done.stderr


def test_the_store_goes_with_the_edition(files: Path) -> None:
    run("sync", "2024a", "--from", files, "--parts", "3,6")
    assert list((files / "cache").rglob("*.sqlite"))
    run("editions", "remove", "2024a")
    assert not list((files / "cache").rglob("*.sqlite"))


def test_an_edition_with_less_is_added_only_on_request(files: Path) -> None:
    run("sync", "2024a", "--from", files, "--parts", "3")
    run("editions", "export", "2024a", files / "frogs.tar.gz")
    run("sync", "2024a", "--from", files, "--parts", "6")
    refused = run("editions", "add", files / "frogs.tar.gz")
    assert refused.exit_code == 2
    assert "here with part 6, which would be lost: --replace replaces it" in refused.stderr
    added = run("editions", "add", files / "frogs.tar.gz", "--replace")
    assert added.stdout == "2024a: added, 1 part\n"
