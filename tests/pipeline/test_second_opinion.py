"""dciodvfy finds in the instances of the chain only what the table in docs lists."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from dciodvfy import ABSENT, PROGRAM
from spectralis import SPECTRALIS
from vol_scan import PATTERNS

from octome.octa.acquisition_file import AcquisitionFile, write_acquisition
from octome.pipeline.chain import process
from octome.pipeline.request import Request

TABLE = Path(__file__).parents[2] / "docs" / "second-opinion.md"
needs_dciodvfy = pytest.mark.skipif(PROGRAM is None, reason=ABSENT)


def listed() -> dict[str, set[str]]:
    """The lines of the table by kind."""
    found: dict[str, set[str]] = {}
    for row in TABLE.read_text("utf-8").splitlines():
        cells = re.fullmatch(r"\| ([A-F0-9, ]+)( older)? \| `(.*)` \| (.+) \|", row)
        if cells:
            for kind in cells[1].split(", "):
                found.setdefault(kind + (cells[2] or ""), set()).add(cells[3])
    return found


def errors_of(path: Path) -> set[str]:
    run = subprocess.run(
        [str(PROGRAM), str(path)], capture_output=True, text=True, check=False, timeout=300
    )
    lines = (run.stdout + run.stderr).splitlines()
    assert lines, f"dciodvfy prints nothing at all about {path.name}"
    return {line.removeprefix("Error - ").strip() for line in lines if line.startswith("Error")}


@needs_dciodvfy
def test_every_finding_is_listed_with_its_reason(made_chain) -> None:
    allowed = listed()
    assert len(made_chain.results) == 18
    for result in made_chain.results:
        found = errors_of(result.path)
        assert found <= allowed.get(result.kind.letter, set()), result.path.name


@needs_dciodvfy
def test_every_line_of_the_table_is_still_needed(made_chain, tmp_path: Path) -> None:
    with AcquisitionFile(made_chain.scan) as file:
        metadata = {
            name: value for name, value in file.acquisition.metadata.items() if name != "centred_on"
        }
        write_acquisition(tmp_path / "scan.h5", replace(file.acquisition, metadata=metadata))
    request = Request(enface_profile="2024c", with_raw=False)
    older = process(tmp_path / "scan.h5", tmp_path / "study", request)
    found: dict[str, set[str]] = {}
    for result in made_chain.results:
        found.setdefault(result.kind.letter, set()).update(errors_of(result.path))
    for result in older:
        profile = " older" if result.kind.letter in "EF" else ""
        found.setdefault(result.kind.letter + profile, set()).update(errors_of(result.path))
    assert {kind: lines for kind, lines in found.items() if lines} == listed()


@needs_dciodvfy
def test_compressed_instances_have_no_other_errors(made_chain, tmp_path: Path) -> None:
    results = process(
        made_chain.scan, tmp_path, Request(compression="jpeg-ls", slabs=("retina",), with_raw=False)
    )
    allowed = listed()
    for each in results:
        assert errors_of(each.path) <= allowed.get(each.kind.letter, set()), each.path.name


@needs_dciodvfy
@pytest.mark.parametrize("pattern", PATTERNS)
def test_scans_of_every_pattern_have_no_other_errors(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "scan.vol").write_bytes(PATTERNS[pattern]().bytes)
    allowed = listed()
    results = process(tmp_path / "scan.vol", tmp_path / "study", Request(profile=SPECTRALIS))
    for each in results:
        assert errors_of(each.path) <= allowed.get(each.kind.letter, set()), each.path.name
