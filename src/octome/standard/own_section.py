"""The section of PS3.3 that a module, a macro or a newer CIOD is in.

An official address gives only the page of a table, which several modules share: C.7 for Patient,
whose own section is C.7.1.1. Numbers of tables stay the same from edition to edition, so those of
one edition hold for all: `own_sections.tsv` lists the tables of PS3.3 2025e, and the CIODs that
2024a has and 2020b does not.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TABLE = re.compile(r"#table_(?:PS3\.3_)?(?P<table>[\w.-]+)$")


def own_section(path: str, url: str | None) -> str:
    """The number of the section of a module, a macro or a newer CIOD; empty if not known.

    Parameters
    ----------
    path : str
        `/modules/<id>`, `/macros/<id>` or `/ciods/<id>`.
    url : str, optional
        The official address of its table.

    Examples
    --------
    >>> own_section("/modules/patient", "https://host/part03/sect_C.7.html#table_C.7-1")
    'C.7.1.1'
    >>> own_section("/modules/microscope-slide-layer-tile-organization", None)
    'C.8.12.14'
    """
    by_table, by_path = _sections()
    found = TABLE.search(url or "")
    return by_table.get(found["table"], "") if found else by_path.get(path, "")


def paths_of_section(number: str) -> tuple[str, ...]:
    """The modules and macros whose own section this is, in the order of their tables.

    Examples
    --------
    >>> paths_of_section("C.7.1.1")
    ('/modules/patient',)
    """
    _, by_path = _sections()
    return tuple(path for path, section in by_path.items() if section == number)


@cache
def _sections() -> tuple[dict[str, str], dict[str, str]]:
    """Sections by the number of a table, and by the path of a module or a macro."""
    rows = Path(__file__).with_name("own_sections.tsv").read_text("utf-8").splitlines()
    by_table: dict[str, str] = {}
    by_path: dict[str, str] = {}
    for row in rows[1:]:
        table, section, kind, name = row.split("\t")
        by_table[table] = section
        by_path[f"/{kind}s/{_id(name)}"] = section
    return by_table, by_path


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
