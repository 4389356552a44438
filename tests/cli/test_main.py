"""What is true for every command, as a shell runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from small_instance import ct_image, encoded

from octome.cli.main import main


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "octome.cli", *words],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("module", ["octome", "octome.cli"])
def test_the_package_runs_as_the_command_does(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--version"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, "octome", "")


def test_full_disk_is_one_line(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "octome.cli", "show", "uids"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("octome: cannot write the output")


def test_a_closed_pipe_is_not_an_error(environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m octome.cli show uids | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "Unique identifiers\n", "")


def test_an_error_as_json_has_the_shape_of_the_web(environment: dict[str, str]) -> None:
    done = run(environment, "show", "/nope", "--json")
    assert done.returncode == 2
    assert json.loads(done.stderr).keys() == {"code", "message", "details"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_for(shell: str, environment: dict[str, str]) -> None:
    octome = Path(sys.executable).with_name("octome")
    script = subprocess.run(
        [octome], env=environment | {"_OCTOME_COMPLETE": f"{shell}_source"},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert "_OCTOME_COMPLETE" in script.stdout


def test_every_command_is_loaded_by_its_name() -> None:
    names = main.list_commands(click.Context(main))
    assert [main.get_command(click.Context(main), name).name for name in names] == names  # type: ignore[union-attr]
    assert main.get_command(click.Context(main), "nothing") is None


def test_help_and_the_standard_load_no_package_that_is_slow() -> None:
    script = (
        "import sys\n"
        "from octome.cli.main import main\n"
        "try: main(['--help'])\n"
        "finally: print({'numpy', 'pydicom', 'rich', 'lxml', 'starlette'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout.splitlines()[-1] == "set()"


def modules_after(words: list[str], environment: dict[str, str]) -> list[str]:
    """The modules that a command has imported."""
    script = (
        "import sys\n"
        "from octome.cli.main import main\n"
        f"try: main({words})\n"
        "finally: print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return done.stdout.splitlines()[-1].split()


def test_checking_an_image_loads_neither_pages_nor_rules_of_other_instances(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.dcm"
    file.write_bytes(encoded(ct_image()))
    loaded = modules_after(["check", str(file)], environment)
    assert "octome.conformance.check.checker" in loaded
    slow = (
        "octome.conformance.check.consistency.radiotherapy",
        "octome.conformance.check.structured_report.values",
        "octome.conformance.rules.structured_report.template",
        "octome.standard.model.attribute",
        "octome.standard.model.section",
        "octome.standard.pages.history",
        "octome.standard.sources.records",
        "importlib.resources",
        "tempfile",
        "zipfile",
    )
    assert [name for name in slow if name in loaded] == []


@pytest.mark.parametrize(
    "words", [["show", "ciods/ct-image"], ["search", "pixel"], ["check", "{file}"]]
)
def test_quick_commands_load_no_package_that_is_slow(
    environment: dict[str, str], tmp_path: Path, words: list[str]
) -> None:
    file = tmp_path / "a.dcm"
    file.write_bytes(encoded(ct_image()))
    given = [word.format(file=file) for word in words]
    script = (
        "import sys\n"
        "from octome.cli.main import main\n"
        f"try: main({given})\n"
        "finally: print({'numpy', 'pydicom', 'rich', 'lxml', 'starlette'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "set()"
