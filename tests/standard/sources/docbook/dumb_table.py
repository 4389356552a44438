"""The cells of a real table, read in the plainest way, to compare with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

DOCBOOK = "{http://docbook.org/ns/docbook}"
REAL = Path(__file__).parents[5] / "shared" / "data" / "standard"


@lru_cache(2)
def _root(file: Path) -> ElementTree.Element:
    return ElementTree.parse(file).getroot()


def cells(file: Path, label: str) -> list[list[str]]:
    """The words of each `td` in each row of the table with that label.

    Rows that have a `th` are left out.
    """
    found = []
    for table in _root(file).iter(f"{DOCBOOK}table"):
        if table.get("label") == label:
            for row in table.iter(f"{DOCBOOK}tr"):
                words = ["".join(cell.itertext()) for cell in row.iter(f"{DOCBOOK}td")]
                if row.find(f"{DOCBOOK}th") is None:
                    found.append([" ".join(each.replace("\u200b", "").split()) for each in words])
    return found
