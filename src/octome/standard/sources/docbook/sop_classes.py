"""The SOP Classes of PS3.4 with their IODs: tables B.5-1, I.4-1, GG.3-1 and similar ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from octome.standard.sources.docbook.grid import Cell, Grid
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.register import all_words, lines, tables, uid
from octome.standard.sources.docbook.tag import tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import CiodRecord

# Tables without a head: they have name, UID and IOD.
LABELS = ("B.5-1", "I.4-1", "GG.3-1")
ENDING = re.compile(r"\s+(?:IOD|Information Obj\w+ Definition|Storage|SOP Class)$", re.I)
# `DX IOD (see ...)`: the text in brackets is not part of the name.
SEE = re.compile(r"\s*\((?:see\b[^)]*)\)", re.I)


@dataclass(frozen=True, kw_only=True)
class SopClass:
    """A SOP Class and its IOD: `target` is the section of it, `PS3.3#sect_A.2`, `iod` its name.

    Either may be empty. `anchor` is its table in PS3.4.
    """

    uid: str
    name: str
    target: str
    iod: str
    anchor: str


def read_sop_classes(part: Part, titles: Mapping[str, str] | None = None) -> tuple[SopClass, ...]:
    """The SOP Classes of part 4 that have an IOD, each once: the first table that has it counts.

    `titles` are those of part 3, by `PS3.3#sect_A.2`: IODs are named only by references to them.
    """
    reading = Reading(part, titles)
    found: dict[str, SopClass] = {}
    for table in tables(part) if part.number == 4 else ():
        columns = _columns(table)
        if not {"name", "uid", "iod"} <= {*columns}:
            continue
        for line in lines(table, columns):
            value = uid(line.words("uid"))
            if value is None:
                part.problem(table.element, f"a UID that cannot be read: {all_words(line)}")
                continue
            target, iod = _iod(line.cells.get("iod"), reading, titles or {})
            record = SopClass(
                uid=value, name=line.words("name"), target=target, iod=iod, anchor=table.anchor
            )
            known = found.get(value)
            if known is None or not (known.target or known.iod):
                found[value] = record
    return tuple(found.values())


def _columns(table: Grid) -> tuple[str, ...]:
    if not table.head:
        return ("name", "uid", "iod") if table.label in LABELS else ()
    named = []
    for words in table.columns():
        folded = words.casefold()
        if "iod" in folded.split() or folded.startswith("information object"):
            named.append("iod")
        else:
            known = {"sop class name": "name", "sop class": "name", "sop class uid": "uid"}
            named.append(known.get(folded, folded))
    return tuple(named)


def _iod(cell: Cell | None, reading: Reading, titles: Mapping[str, str]) -> tuple[str, str]:
    """The target of a cell in part 3, and the name of its IOD; empty if no title is known."""
    if cell is None or cell.element is None:
        return "", ""
    target = ""
    for reference in cell.element.iter(tag("olink")):
        if not target and reference.get("targetdoc") == "PS3.3":
            target = f"PS3.3#{reference.get('targetptr', '')}"
    words = reading.words(cell.element) if target in titles else cell.words
    return target, SEE.sub("", words)


def ciods_by_uid(
    classes: Iterable[SopClass],
    ciods: Iterable[CiodRecord],
    part: Part,
    sections: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The CIOD of each SOP Class, by UID; one whose CIOD is not there is a problem of `part`.

    A CIOD is found by its section, then by its name. `sections` are the CIODs by the anchors of
    theirs in part 3, `sect_A.36.2`; where there are none the section of its address counts.
    """
    ciods = tuple(ciods)
    by_anchor: dict[str, list[str]] = {}
    for ciod in ciods:
        by_anchor.setdefault(_section(ciod.url or ""), []).append(ciod.id)
    by_name = {_folded(ciod.name or ciod.id.replace("-", " ")): ciod.id for ciod in ciods}
    found: dict[str, str] = {}
    for each in classes:
        ciod_id = (
            (sections or {}).get(each.target.partition("#")[2])
            or _at(each.target.partition("#")[2], by_anchor)
            or by_name.get(_folded(each.iod))
            or by_name.get(_folded(each.name))
        )
        if ciod_id:
            found[each.uid] = ciod_id
        else:
            at = part.by_id.get(each.anchor)
            words = each.target or each.iod or "nothing"
            part.problem(
                at, f"a SOP Class whose IOD is not here: {each.name} ({each.uid}), {words}"
            )
    return found


def _section(url: str) -> str:
    """The id of the section at an official address: that of its fragment, or else its page's.

    A table is named for its section: `table_A.86.1.12-1` is in `sect_A.86.1.12`.
    """
    page, _, fragment = url.partition("#")
    if fragment.startswith("table_"):
        return f"sect_{fragment.removeprefix('table_').rpartition('-')[0]}"
    return fragment or page.rpartition("/")[2].removesuffix(".html")


def _at(anchor: str, by_anchor: Mapping[str, list[str]]) -> str | None:
    """The only CIOD of a section, or the only one in it."""
    if not anchor:
        return None
    if len(exact := by_anchor.get(anchor, [])) == 1:
        return exact[0]
    inside = {id_ for at, ids in by_anchor.items() if at.startswith(f"{anchor}.") for id_ in ids}
    return inside.pop() if len(inside) == 1 else None


def _folded(name: str) -> str:
    """A name for comparison: without the words that all IODs or all SOP Classes have."""
    while (shorter := ENDING.sub("", name.strip())) != name:
        name = shorter
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()
