"""Keys for the search in addition to words: numbers, values, short names."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping

from octome.standard.search.squash import squash

CHUNK = re.compile(r"/part03/sect_([A-Z][\d.]*|\d[\d.]*)\.html")
TABLE = re.compile(r"#table_(\S+)")
# The description of an attribute, below its module's own section: C.7.3.1.1.1 is of C.7.3.1.
DESCRIPTION = re.compile(r"(C\.\d+(?:\.\d+)+)\.1\.\d+")
# An address with more tables than this is that of a chapter.
MOST_AT_SECTION = 3


def short_names_of(table: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """The short names that lead first to each id or keyword."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, targets in table.items():
        found[targets[0]].append(name)
    return found


def keys_of_ciod(id_: str, url: str) -> tuple[str, ...]:
    """Its id, and its table and section of the official edition.

    >>> keys_of_ciod("frog", "https://x/part03/sect_A.14.3.html#table_A.14-1")
    ('ciod:frog', 'table:a.14-1', 'sec:a.14')
    """
    keys = [f"ciod:{id_}", *_of_table(url)]
    if chunk := CHUNK.search(url):
        # The table of modules is in the last section of the CIOD's own, if that has several.
        number = chunk[1].lower()
        keys.append(f"sec:{number.rpartition('.')[0] if number.count('.') > 1 else number}")
    return tuple(keys)


def keys_of_section(number: str) -> tuple[str, ...]:
    """Its number; if it is a template, a table or a figure, that number too.

    >>> keys_of_section("PS3.16-TID_1004"), keys_of_section("table_C.7-6")
    (('sec:ps3.16-tid_1004', 'tid:1004'), ('sec:table_c.7-6', 'table:c.7-6'))
    """
    low = number.lower()
    keys = [f"sec:{low}"]
    if found := re.search(r"(?:^|-)(tid|table|figure)_(\S+)", low):
        keys.append(f"{found[1]}:{found[2]}")
    return tuple(keys)


def keys_of_tables(db: sqlite3.Connection) -> dict[str, set[str]]:
    """The table and the section of each module and macro, by its path."""
    keys: dict[str, set[str]] = defaultdict(set)
    at_section: dict[str, set[str]] = defaultdict(set)
    for path, url in db.execute("SELECT path, url FROM attribute_table WHERE url IS NOT NULL"):
        keys[path].update(_of_table(url))
        if chunk := CHUNK.search(url):
            at_section[chunk[1].lower()].add(path)
    titles = {squash(title): number for number, title in db.execute(_TITLES)}
    for path, name in db.execute("SELECT path, name FROM attribute_table"):
        what = "module" if path.startswith("/modules/") else "macro"
        if number := titles.get(f"{squash(name)}{what}"):
            at_section[number.lower()].add(path)
    described: dict[str, Counter[str]] = defaultdict(Counter)
    for target, source in db.execute(_CITED):
        if found := DESCRIPTION.fullmatch(target.rpartition("/")[2]):
            described[found[1].lower()][source] += 1
    for number, sources in described.items():
        if number not in at_section:
            most = max(sources.values())
            at_section[number] |= {source for source, n in sources.items() if n == most}
    for number, paths in {**_first_subsections(at_section), **at_section}.items():
        if len(paths) <= MOST_AT_SECTION:
            for path in paths:
                keys[path].add(f"sec:{number}")
    return keys


def _first_subsections(at_section: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What may be in a first subsection: the official edition has it on the page above it."""
    return {
        f"{number}.1": paths for number, paths in at_section.items() if f"{number}.2" in at_section
    }


_TITLES = "SELECT number, title FROM section WHERE title LIKE '% Module' OR title LIKE '% Macro'"
_CITED = "SELECT DISTINCT target, source FROM citation WHERE source LIKE '/modules/%'"


def keys_of_values(db: sqlite3.Connection) -> dict[str, set[str]]:
    """The values that each attribute's descriptions list, by its tag.

    So do the sections with its name that its descriptions refer to.
    """
    keys: dict[str, set[str]] = defaultdict(set)
    for tag, value in db.execute(_OF_DESCRIPTIONS):
        keys[tag].add(f"value:{squash(value)}")
    listed: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    for path, title, value in db.execute(_OF_SECTIONS):
        listed[path].add(f"value:{squash(value)}")
        titles[path] = title
    names: dict[str, set[str]] = defaultdict(set)
    for tag, name in db.execute("SELECT DISTINCT tag, name FROM term"):
        names[tag].add(name)
    for tag, path in db.execute(_REFERENCES):
        if titles.get(path) in names[tag]:
            keys[tag] |= listed[path]
    for found in keys.values():
        found.discard("value:")
    return keys


_OF_DESCRIPTIONS = "SELECT DISTINCT l.tag, v.value FROM value v JOIN line l ON l.text = v.text"
_OF_SECTIONS = (
    "SELECT '/sections/' || s.number, s.title, v.value "
    "FROM section s JOIN value v ON v.text = s.text"
)
_REFERENCES = "SELECT DISTINCT l.tag, k.path FROM line l JOIN link k ON k.text = l.text"


def _of_table(url: str) -> list[str]:
    found = TABLE.search(url)
    return [f"table:{found[1].lower()}"] if found else []
