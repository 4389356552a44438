"""The face of the package: complete, and light until it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import octome

FACE = Path(octome.__file__)


def test_importing_octome_imports_nothing_else() -> None:
    code = "import sys; had = set(sys.modules); import octome; print(set(sys.modules) - had)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "{'octome'}"


def test_every_room_is_a_name_of_the_face() -> None:
    folders = {path.parent.name for path in FACE.parent.glob("*/__init__.py")}
    modules = {path.stem for path in FACE.parent.glob("*.py")}
    modules -= {"__init__", "__main__", "garbage"}  # the last is of use to octome alone
    assert folders | modules == set(octome.ROOMS)


def test_stub_lists_the_same_names() -> None:
    stub = ast.parse(FACE.with_suffix(".pyi").read_text("utf-8"))
    names = {
        alias.asname
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert names | {"__version__"} == set(octome.__all__)


@pytest.mark.parametrize("name", octome.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(octome, name) is not None
    assert name in dir(octome)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'frog'"):
        octome.frog  # noqa: B018
