"""What a store's key depends on, and what computing it imports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from octome.standard.sources.records import EditionRecords
from octome.standard.sources.source import Content
from octome.standard.store_key import code_digest, store_key


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
