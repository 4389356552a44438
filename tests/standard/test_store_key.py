"""What a store's key depends on, and what computing it imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from octome.standard.sources.records import EditionRecords
from octome.standard.sources.source import Content
from octome.standard.store_key import code_digest, code_files, store_key


@dataclass(frozen=True)
class Invented:
    """A source with nothing but a name and a version."""

    name: str
    version: str = "1"

    def fingerprint(self) -> str:
        return self.version

    def contents(self) -> Mapping[str, frozenset[Content]]:
        return {}

    def read(self, edition: str) -> EditionRecords:
        return EditionRecords(edition=edition, source=self.name, dictionary=edition)


def test_key_changes_with_every_fingerprint() -> None:
    sources = [Invented("a"), Invented("b")]
    key = store_key(sources)
    assert key.startswith("a=1 b=1 compiler=")
    assert store_key([sources[0], Invented("b", "2")]) == key.replace("b=1", "b=2")


def test_every_reader_of_a_source_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path.as_posix())
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    code_digest.__wrapped__()
    names = ("standard/names.py", "sources/json_files.py", "docbook/iods.py", "compile/schema.sql")
    assert [name for name in names if not any(path.endswith(name) for path in read)] == []


SOURCE = Path(__file__).parents[2] / "src"


def imports_of(file: Path) -> Iterator[str]:
    """The modules that a file imports when it runs, at its top or in a function."""

    def below(node: ast.AST) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.ImportFrom) and child.module:
                yield child.module
                yield from (f"{child.module}.{name.name}" for name in child.names)
            yield from below(child)

    return below(ast.parse(file.read_text("utf-8")))


def test_every_module_that_the_compiler_imports_counts() -> None:
    standard = SOURCE / "octome" / "standard"
    # Sources are imported by their names: each is a beginning.
    todo = [standard / "compile" / "compiler.py", *standard.glob("sources/**/*.py")]
    found = set[Path]()
    while todo:
        file = todo.pop()
        if file.is_file() and file not in found and standard in file.parents:
            found.add(file)
            todo += [SOURCE / f"{name.replace('.', '/')}.py" for name in imports_of(file)]
    assert len(found) > 90
    counted = set(code_files())
    assert [file.name for file in sorted(found) if file not in counted] == []


def test_key_needs_no_package_and_no_source_imported() -> None:
    code = (
        "import sys\n"
        "from octome.standard.store_key import store_key\n"
        "store_key()\n"
        "sources = {'dicom_standard', 'highdicom', 'pydicom', 'catalogue', 'records'}\n"
        "modules = {'pydicom', 'highdicom', 'importlib.metadata'}\n"
        "modules |= {f'octome.standard.sources.{name}' for name in sources}\n"
        "print(*sorted(modules & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
