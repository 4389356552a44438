"""With the small installation the Standard and the check work; other commands name the extra."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from small_instance import ct_image, encoded

from octome.cli.extra import EXTRA_OF, package_missing

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
# A module that is None in sys.modules cannot be imported, as if it were not installed.
WITHOUT = "import sys; sys.modules.update(dict.fromkeys({names})); from octome.cli.main import main"


def name_of(requirement: str) -> str:
    return requirement.partition(">")[0].partition("[")[0].lower().replace("_", "-")


def run(environment: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    """A command where no package of an extra is installed."""
    script = WITHOUT.format(names=list(EXTRA_OF)) + f"; main({[str(word) for word in words]})"
    return subprocess.run(
        [sys.executable, "-c", script],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_every_package_of_an_extra_has_its_import_name() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    brought = {
        (name_of(requirement), extra)
        for extra in ("oct", "fast", "formats")
        for requirement in extras[extra]
    }
    distributions = packages_distributions()
    found = {
        (name_of(distribution), extra)
        for package, extra in EXTRA_OF.items()
        for distribution in distributions.get(package, [package])
    }
    assert found == brought


def test_no_package_is_required_and_in_an_extra_too() -> None:
    required = {name_of(one) for one in PROJECT["project"]["dependencies"]}
    assert not required & {name.replace("_", "-") for name in EXTRA_OF}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--help"], 0),
        (["show", "modules/patient"], 0),
        (["search", "pixel spacing"], 0),
        (["diff", "2020b", "2026b", "modules/patient"], 0),
        (["editions"], 0),
        (["check", "{file}"], 0),
        (["make", "ct-image", "--all-optional", "--out", "{new}"], 0),
        (["process", "--help"], 0),
    ],
)
def test_the_small_installation_is_enough_for(
    environment: dict[str, str], tmp_path: Path, words: list[str], status: int
) -> None:
    file, new = tmp_path / "a.dcm", tmp_path / "new.dcm"
    file.write_bytes(encoded(ct_image()))
    done = run(environment, *(word.format(file=file, new=new) for word in words))
    assert (done.returncode, done.stderr) == (status, "")


def test_the_pages_need_no_extra() -> None:
    script = WITHOUT.format(names=list(EXTRA_OF)) + "; import octome.web.server, octome.web.preview"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ["demo"],
        ["simulate", "scan.h5"],
        ["process", "scan.h5", "out"],
        ["enface", "study", "--slab", "deep"],
        ["segment", "study"],
        ["send", "a.dcm", "localhost:4242"],
        ["receive", "out", "--count", "1"],
    ],
)
def test_a_command_that_needs_an_extra_names_it_in_one_line(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(environment, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith(f"octome: octome {words[0]} needs the package ")
    assert line.endswith("which is not installed: pip install 'octome[oct]'")


def test_a_missing_module_outside_the_extras_is_not_hidden() -> None:
    assert package_missing(ModuleNotFoundError("no", name="octome.nowhere"), "octome show") is None
