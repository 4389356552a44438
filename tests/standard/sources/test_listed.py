"""Every source has what it states, and nothing else names one."""

from __future__ import annotations

import ast
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from octome.errors import StoreUnavailable
from octome.standard.sources import listed
from octome.standard.sources.catalogue import Catalogue
from octome.standard.sources.listed import SOURCES, PackageSource
from octome.standard.sources.source import Source


def test_fingerprint_is_the_version_of_each_package() -> None:
    source = PackageSource("invented", "pydicom", "highdicom")
    assert source.fingerprint() == f"{version('pydicom')} {version('highdicom')}"


def test_package_that_is_not_installed_is_one_clear_error() -> None:
    with pytest.raises(StoreUnavailable, match="the package frog_standard is not installed"):
        PackageSource("invented", "frog_standard").fingerprint()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_source_has_what_it_states(source: Source) -> None:
    for edition, contents in source.contents().items():
        records = source.read(edition)
        assert records.edition == edition
        assert records.source
        found = {
            "facts": bool(records.ciods and records.modules and records.terms),
            "text": bool(records.sections),
            "uids": bool(records.uids),
            "context_groups": bool(records.context_groups),
            "protected_attributes": bool(records.protected_attributes),
        }
        assert {content for content, has in found.items() if has} == contents


def test_nothing_outside_the_sources_names_one_or_its_edition() -> None:
    octome = Path(listed.__file__).parents[2]
    # pydicom is also what instances are read with.
    names = {source.name for source in SOURCES if source.name != "pydicom"}
    names.update(Catalogue(SOURCES).editions)
    looked_at = 0
    for room in ("standard", "conformance", "web", "terminal", "cli"):
        for path in (octome / room).rglob("*.py"):
            if path.parent.name != "sources":
                looked_at += 1
                assert not names & words_of_code(path), path
    assert looked_at > 100


def words_of_code(path: Path) -> set[str]:
    """The words of imports and strings, without those of docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    found = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    found |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    return {word for text in found - docstrings for word in re.findall(r"\w+", text)}
