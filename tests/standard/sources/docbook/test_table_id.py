from __future__ import annotations

import json
from pathlib import Path

import pytest

from octome.standard.sources.docbook.table_id import table_id

ORACLE = Path(__file__).parents[5] / "shared" / "data" / "innolitics-json"


def test_a_hyphen_stays_between_spaces() -> None:
    assert table_id("Frog - Pond Relationship") == "frog---pond-relationship"


@pytest.mark.shared
@pytest.mark.skipif(not ORACLE.exists(), reason="needs the public browser's files")
@pytest.mark.parametrize("file", ["ciods.json", "modules.json", "macros.json"])
def test_ids_are_those_of_the_public_browser(file: str) -> None:
    entries = json.loads((ORACLE / file).read_text("utf-8"))
    # Modules of functional groups have the name of their CIOD in front there.
    different = [each["id"] for each in entries if table_id(each["name"]) != each["id"]]
    assert [id_ for id_ in different if not id_.endswith("functional-groups")] == []
