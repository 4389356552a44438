"""What a store's key depends on, and what computing it imports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from octome.standard.sources.records import EditionRecords
from octome.standard.sources.source import Content
from octome.standard.store_key import store_key


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
