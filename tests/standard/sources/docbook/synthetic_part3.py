"""A part 3 of print size in the official shape: facts of the oracles, and invented words.

Names, tags, types, order, includes and usages are those of the oracles that lie outside of the
repository. Sentences are about ponds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from made_part import made_xml
from made_tables import ATTRIBUTES, reference, table, text_cell

DATA = Path(__file__).parents[5] / "shared" / "data" / "standard"
IOD_HEAD = ("IE", "Module", "Reference", "Usage")
GROUP_HEAD = ("Functional Group Macro", "Section", "Usage")
VALUES = (
    '<variablelist spacing="compact"><title>Enumerated Values:</title>'
    "<varlistentry><term>FROG</term><listitem><para>It swims.</para></listitem></varlistentry>"
    "<varlistentry><term>TEA</term><listitem><para>It is green.</para></listitem></varlistentry>"
    "</variablelist>"
)
GROUP = (
    '<olink targetdoc="PS3.16" targetptr="sect_CID_{}" '
    'xrefstyle="select: labelnumber quotedtitle"/>'
)
LISTS = (
    '<para>Ponds are:</para><itemizedlist mark="bullet"><listitem><para>deep</para></listitem>'
    "<listitem><para>still</para></listitem></itemizedlist>"
    '<figure label="{label}-1" xml:id="figure_{label}-1"><title>A Pond</title><mediaobject>'
    '<imageobject><imagedata fileref="figures/PS3.3_{label}-1.svg"/></imageobject>'
    "</mediaobject></figure>"
)

# Where the oracle has lost the sections that a description refers to, those of an attribute.
REFERENCES = {("C.8.17.14-1", "0x00082112"): ("C.12.4.1.2", "C.8.17.14.1.1")}


@dataclass(frozen=True)
class Used:
    """A module or functional group macro in an IOD; `usage` with its condition."""

    name: str
    section: str
    usage: str
    entity: str = ""


@dataclass
class Iod:
    """An IOD by its name."""

    name: str
    modules: list[Used]
    groups: list[Used] = field(default_factory=list)


@dataclass
class Node:
    """A section with the sections in it, by label."""

    title: str = "Pond"
    body: str = ""
    children: dict[str, Node] = field(default_factory=dict)


@cache
def load(folder: str, file: str) -> Any:
    """A file of an oracle."""
    content = json.loads((DATA / folder / file).read_text("utf-8"))
    return content[file.removesuffix(".json")] if "header" in content else content


@cache
def oracle_tables() -> dict[str, Any]:
    """The attribute tables of 2025e by number."""
    return {
        number: each
        for at in (1, 2, 3)
        for number, each in load("tables-2025e", f"dicom_tables_part_{at}.json").items()
    }


def synthetic_part3(edition: str, *, iods_from: Literal["2025e", "2024a"] = "2025e") -> bytes:
    """The file of part 3: attribute tables of 2025e, and IODs of one of two editions."""
    root = Node()
    for number, each in oracle_tables().items():
        node = at(root, section_of(number))
        caption = each["table_caption"]
        if node.title == "Pond":
            node.title = caption.removesuffix(" Attributes")
        node.body += f"<para>A {escape(caption)} is kept in a pond.</para>" if not node.body else ""
        node.body += table(
            number, caption, ATTRIBUTES, (row(line, number) for line in each["table_lines"])
        )
    for count, iod in enumerate(iods_2025e() if iods_from == "2025e" else iods_2024a(), 2):
        # Some are in deeper sections, as the ophthalmic ones are.
        add_iod(root, iod, f"A.{count}" if count % 10 else f"A.186.1.{count}")
    for label in REFERENCES["C.8.17.14-1", "0x00082112"]:
        at(root, label).body += LISTS.format(label=label)
    body = "".join(written(label, node, 1) for label, node in in_order(root))
    subtitle = f"DICOM PS3.3 {edition} - Information Object Definitions"
    return made_xml(body, 3, subtitle).encode()


def section_of(number: str) -> str:
    """The section that a table is in."""
    for section, tables in load("tables-2025e", "dicom_modules.json").items():
        if any(each["name"] == number for each in tables):
            return str(section)
    found = re.match(r"10-(\d+)", number)
    return f"10.{found[1]}" if found else number.rpartition("-")[0]


def at(root: Node, label: str) -> Node:
    """The section with that label; those around it are made where they are missing."""
    words = label.split(".")
    for end in range(1, len(words) + 1):
        root = root.children.setdefault(".".join(words[:end]), Node())
    return root


def in_order(node: Node) -> list[tuple[str, Node]]:
    """The sections in a section, by number; chapters with a letter come last."""

    def key(item: tuple[str, Node]) -> tuple[int, str]:
        word = item[0].rpartition(".")[2]
        digits = re.match(r"\d+", word)
        return (int(digits[0]) if digits else 1000, word)

    return sorted(node.children.items(), key=key)


def written(label: str, node: Node, depth: int) -> str:
    """A section as DocBook."""
    name, kind = ("chapter", "chapter") if depth == 1 else ("section", "sect")
    inside = "".join(written(each, child, depth + 1) for each, child in in_order(node))
    return (
        f'<{name} label="{label}" status="{depth}" xml:id="{kind}_{label}">'
        f"<title>{escape(node.title)}</title>{node.body}{inside}</{name}>"
    )


def row(line: dict[str, Any], number: str) -> str:
    """A row of the attribute table with that number."""
    if line["type"] == "LinkedObject":
        link = f'<xref linkend="{line["linked_resource"]}" xrefstyle="select: label quotedtitle"/>'
        words = f'<emphasis role="italic">{escape(line["prefix"])} {link}</emphasis>'
        return text_cell(words, columns=3) + added(str(line["usage"]))
    tag = printed_tag(line["address"])
    if not tag:
        return text_cell(f"<emphasis>{escape(line['name'])}</emphasis>", columns=4)
    text = f"<para>The {escape(line['name'].lstrip('> '))} of a pond.</para>"
    text += "<para>Required if it rains.</para>" if line["required"].endswith("C") else ""
    if sections := REFERENCES.get((number, line["address"])):
        text += f"<para>See {' and '.join(map(reference, sections))}.</para>"
    text += VALUES if line["name"].endswith(("Type", "Technique")) else ""
    return (
        text_cell(line["name"])
        + text_cell(tag)
        + text_cell(line["required"])
        + f'<td align="left" colspan="1" rowspan="1">{text}</td>'
    )


def added(usage: str) -> str:
    """What an include adds. The oracle has lost the links to context groups: it has `B` and `D`."""
    if not usage:
        return text_cell("")
    paragraphs = []
    for words in usage.split("\n\n"):
        bound = re.fullmatch(r"(.*\b)?([BD])", words, re.DOTALL)
        if bound:
            link = GROUP.format(4 if bound[2] == "B" else 29)
            paragraphs.append(f"{escape(bound[1] or '')}{bound[2]}{link}.")
        else:
            paragraphs.append(words if words.startswith("No ") else "The tea is green.")
    inside = "".join(f"<para>{each}</para>" for each in paragraphs)
    return f'<td colspan="1" rowspan="1">{inside}</td>'


def printed_tag(address: str) -> str:
    """A tag as it is printed, `(0010,0020)`; empty for a row about no one tag."""
    digits = address.removeprefix("0x")
    return f"({digits[:4]},{digits[4:]})" if digits else ""


def add_iod(root: Node, iod: Iod, label: str) -> None:
    """The sections of an IOD: its description, its modules and its functional groups."""
    at(root, label).title = f"{iod.name} IOD"
    about = at(root, f"{label}.1")
    about.title = f"{iod.name} IOD Description"
    about.body = f"<para>The {escape(iod.name)} IOD is about frogs.</para>"
    modules = at(root, f"{label}.2")
    modules.title = f"{iod.name} IOD Module Table"
    modules.body = table(f"{label}-1", f"{iod.name} IOD Modules", IOD_HEAD, module_rows(iod))
    if iod.groups:
        groups = at(root, f"{label}.3")
        groups.title = f"{iod.name} Functional Group Macros"
        rows = (used_cells(used) for used in iod.groups)
        groups.body = table(f"{label}-2", groups.title, GROUP_HEAD, rows)


def module_rows(iod: Iod) -> Iterator[str]:
    """The rows of a table of modules; an entity reaches down over its modules."""
    for entity, together in groupby(iod.modules, lambda used: used.entity):
        uses = list(together)
        for count, used in enumerate(uses):
            first = text_cell(entity, rows=len(uses)) if count == 0 else ""
            yield first + used_cells(used)


def used_cells(used: Used) -> str:
    """Name, section and usage."""
    return text_cell(used.name) + text_cell(reference(used.section)) + text_cell(used.usage)


def iods_2025e() -> Iterator[Iod]:
    """The IODs of 2025e, with the information entities of 2024a."""
    entities = {(iod.name, used.name): used.entity for iod in iods_2024a() for used in iod.modules}
    groups = load("tables-2025e", "dicom_iod_func_groups.json")
    for caption, modules in load("tables-2025e", "dicom_iod.json").items():
        name = caption.removesuffix(" IOD Modules")
        yield Iod(
            name,
            [Used(*used_of(each), entities.get((name, each["name"]), "Image")) for each in modules],
            [Used(*used_of(each)) for each in groups.get(caption, ())],
        )


def used_of(each: dict[str, Any]) -> tuple[str, str, str]:
    """Name, section and usage. Where the oracle lost its words, it has a list, or a section."""
    usage = each["usage"]
    if not isinstance(usage, str) or usage.startswith("sect_"):
        usage = "C - Required if it rains."
    return each["name"], each["ref"].removeprefix("sect_"), usage


def iods_2024a() -> Iterator[Iod]:
    """The IODs of 2024a."""
    modules = by_ciod("ciod_to_modules.json", "moduleId", "modules.json")
    groups = by_ciod("ciod_to_func_group_macros.json", "macroId", "macros.json")
    for ciod in load("innolitics-2024a", "ciods.json"):
        yield Iod(ciod["name"], modules[ciod["id"]], groups.get(ciod["id"], []))


def by_ciod(file: str, key: str, names: str) -> dict[str, list[Used]]:
    """What each CIOD of 2024a uses, by its id."""
    entries: Iterable[dict[str, str]] = load("innolitics-2024a", names)
    known = {
        each["id"]: (each["name"], each["linkToStandard"].rpartition("/sect_")[2])
        for each in entries
    }
    found: dict[str, list[Used]] = {}
    for each in load("innolitics-2024a", file):
        # One module of functional groups has another id in the one file than in the other.
        name, page = known.get(each[key], ("Multi-frame Functional Groups", "C.7.6.16"))
        usage = each["usage"]
        if each["conditionalStatement"]:
            usage += f" - {each['conditionalStatement']}"
        entity = each.get("informationEntity", "")
        used = Used(name, page.partition(".html")[0], usage, entity)
        found.setdefault(each["ciodId"], []).append(used)
    return found
