"""The commands that look things up in the Standard, as a shell runs them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from octome.standard.json_data import page_data
from octome.standard.library import Library

EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "octome.cli", *words],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_show_prints_the_content_of_the_page(environment: dict[str, str]) -> None:
    done = run(environment, "show", f"ciods/{EN_FACE}/{EN_FACE}/00082112")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "Source Image Sequence",
        "Required (1)",
        "Sequence (SQ)",
        "Section C.8.17.14.1.1",
        "[text of 2020b]",
    ):
        assert words in done.stdout


def test_json_is_the_same_data_as_the_page(environment: dict[str, str], library: Library) -> None:
    done = run(environment, "show", "/modules/patient", "--edition", "2020b", "--json")
    page = library.at("/modules/patient", "2020b")
    assert json.loads(done.stdout) == json.loads(json.dumps(page_data(page)))


def test_a_whole_web_address_is_accepted(environment: dict[str, str]) -> None:
    done = run(environment, "show", "/ciods?order=name&edition=2020b")
    assert "edition 2020b" in done.stdout
    assert done.stdout.splitlines()[3].startswith("12-Lead ECG")


def test_search(environment: dict[str, str]) -> None:
    done = run(environment, "search", "0008,2112")
    first = done.stdout.splitlines()[3]
    assert first.split("  ")[0] == "attribute"
    assert first.endswith(
        "Source Image Sequence  (0008,2112) SQ · in 36 modules  /attributes/00082112"
    )


def test_unknown_path_is_exit_2_and_offers_the_nearest(environment: dict[str, str]) -> None:
    done = run(environment, "show", "/ciods/ct-imag")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert lines[0] == "octome: there is no /ciods/ct-imag in edition 2026b"
    assert lines[2].split()[0] == "/ciods/ct-image"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["show", "attributes", "--group", "frog"], "there is no group 'frog'; there is 0000 to "),
        (["show", "/ciods?order=frog"], "there is no order 'frog'; there is standard, name, kind"),
        (["browse", "/ciods?order=frog", "--no-open"], "there is no order 'frog'"),
        (["browse", "/ciods?edition=1999a", "--no-open"], "there is no edition '1999a'"),
        (["browse", __file__, "--no-open"], "test_standard.py is a file, not a page"),
    ],
)
def test_an_unknown_option_is_one_line(
    environment: dict[str, str], words: list[str], why: str
) -> None:
    done = run(environment, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


def test_browse_reports_a_missing_page_before_it_serves(
    environment: dict[str, str],
) -> None:
    done = run(environment, "browse", "ciods/ct-imag", "--no-open")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert lines[0] == "octome: there is no /ciods/ct-imag in edition 2026b"
    assert lines[2].split()[0] == "/ciods/ct-image"


@pytest.mark.parametrize(
    "path", ["//[", "http://[::1", "a\udcff", "/ciods/%00", "x" * 5000, "/ciods?edition=%ff", ""]
)
def test_odd_paths_are_one_line_and_no_traceback(environment: dict[str, str], path: str) -> None:
    done = run(environment, "show", path)
    assert done.returncode == (0 if path == "" else 2)
    assert "Traceback" not in done.stderr


def test_other_parts_of_the_query_of_an_address_are_ignored(environment: dict[str, str]) -> None:
    assert run(environment, "show", "/ciods?path=x&self=y&order=name").returncode == 0


def test_first_use_compiles_and_reports_it_in_one_line(tmp_path: Path) -> None:
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = run(environment, "editions")
    assert done.returncode == 0
    assert done.stderr == "Compiling the DICOM Standard: this is the first use.\n"
    assert run(environment, "editions").stderr == ""


def test_unwritable_cache_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "octome").write_text("a file where the folder should be")
    done = run(os.environ | {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}, "editions")
    assert done.returncode == 2
    assert "cannot write the Standard" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_completion_of_paths(library: Library) -> None:
    assert library.completions("ciods/ct-i") == ["ciods/ct-image"]
    assert "/ciods/ct-image/patient/00100010" in library.completions(
        "/ciods/ct-image/patient/001000"
    )
    assert library.completions("/mo") == ["/modules"]
    assert library.completions("nowhere/at/all") == []


def test_browse_takes_another_port_if_its_own_is_taken(environment: dict[str, str]) -> None:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    port = taken.getsockname()[1]
    command = [sys.executable, "-u", "-m", "octome.cli", "browse", "/modules/patient", "--no-open"]
    process = subprocess.Popen(
        [*command, "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"Port {port} is taken; using a free one.\n"
        address = process.stdout.readline().split()[3]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert b"Issuer of Patient ID" in answer.read()
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
        taken.close()
