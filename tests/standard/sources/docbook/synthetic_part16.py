"""A part 16 in the official shape: context groups and codes of the oracles, and invented words.

Values and UIDs have zero-width spaces in them, names have no-break spaces, references have no
words: as in the official files.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from made_part import made_xml
from made_tables import table, text_cell

from octome.standard.sources.records import Code, ContextGroupRecord, IncludedGroup

COLUMNS = ("Coding Scheme Designator", "Code Value", "Code Meaning")
DEFINED = ("Code Value", "Code Meaning", "Definition", "Notes")
EXTENSIBLE = {True: "Extensible", False: "Non-Extensible"}


def synthetic_part16(
    edition: str,
    groups: Iterable[ContextGroupRecord],
    definitions: Iterable[tuple[str, str, str, str]] = (),
    annexes: str = "",
) -> bytes:
    """The file of part 16: context groups, and codes of DCM with their definitions and notes.

    `annexes` is what comes between, as DocBook.
    """
    sections = "".join(map(group_section, groups))
    caption = "DICOM Controlled Terminology Definitions (Coding Scheme Designator \u201cDCM\u201d)"
    codes = table("D-1", caption, DEFINED, (words_row(*each) for each in definitions))
    body = chapter("B", "Context Groups", sections) + annexes + chapter("D", "Codes", codes)
    return made_xml(body, 16, f"DICOM PS3.16 {edition} - Content Mapping Resource").encode()


def chapter(label: str, title: str, body: str) -> str:
    """An annex."""
    return (
        f'<chapter label="{label}" status="1" xml:id="chapter_{label}">'
        f"<title>{title}</title>{body}</chapter>"
    )


def group_section(group: ContextGroupRecord) -> str:
    """The section of a context group, with what it states of itself above its table."""
    label = f"CID {group.cid}"
    stated = {
        "Resources": '<link xl:href="http://example.org/frogs">HTML</link>',
        "Keyword": group.keyword,
        "FHIR Keyword": f"dicom-cid-{group.cid}-Frogs",
        "Type": EXTENSIBLE.get(group.is_extensible, "") if group.is_extensible is not None else "",
        "Version": group.version,
        "UID": group.uid.replace(".6.1.", ".6.\u200b1."),
    }
    terms = "".join(
        f"<varlistentry><term>{term}:</term><listitem><para>{words}</para></listitem></varlistentry>"
        for term, words in stated.items()
        if words
    )
    name = (group.name or "").replace(" ", "\u00a0", 1)
    return (
        f'<section label="{label}" status="2" xml:id="sect_CID_{group.cid}">'
        f"<title>{escape(name)}</title>"
        f'<variablelist spacing="compact">{terms}</variablelist>'
        + table(label, f"{label}. {group.name}", COLUMNS, map(entry_row, group.entries)).replace(
            f"table_{label}", f"table_CID_{group.cid}"
        )
        + "</section>"
    )


def entry_row(entry: Code | IncludedGroup) -> str:
    """A row of a context group: a code, or a group that it includes."""
    if isinstance(entry, IncludedGroup):
        style = "select: labelnumber quotedtitle"
        link = f'<xref linkend="sect_CID_{entry.cid}" xrefstyle="{style}"/>'
        return text_cell(f'<emphasis role="italic">Include {link}</emphasis>', columns=3)
    value = entry.value[:4] + "\u200b" + entry.value[4:]
    return words_row(entry.scheme, value, entry.meaning)


def words_row(*words: str) -> str:
    """A row of cells; an empty one has no paragraph."""
    return "".join(f"<td><para>{escape(each)}</para></td>" if each else "<td/>" for each in words)


def groups_of(folder: Path) -> list[ContextGroupRecord]:
    """The context groups in the files of facts, with one space between the words of names."""
    lines = defaultdict[str, list[tuple[int, Code | IncludedGroup]]](list)
    for each in rows(folder / "context-group-codes-2026b.tsv"):
        code = Code(each["scheme"], each["code"], each["meaning"])
        lines[each["cid"]].append((int(each["position"]), code))
    for each in rows(folder / "context-group-includes-2026b.tsv"):
        lines[each["cid"]].append((int(each["position"]), IncludedGroup(int(each["includes"]))))
    return [
        ContextGroupRecord(
            cid=int(each["cid"]),
            # Where a dash was lost, two spaces are left of it.
            name=" ".join(each["name"].split()),
            keyword=each["name"].title().replace(" ", ""),
            entries=tuple(entry for _, entry in sorted(lines[each["cid"]], key=lambda at: at[0])),
            uid=each["uid"],
            version=each["version"],
        )
        for each in rows(folder / "context-groups-2026b.tsv")
    ]


def definitions_of(folder: Path) -> list[tuple[str, str, str, str]]:
    """The codes in the file of facts about OCT, each with its definition and no notes."""
    return [
        (each["code"], each["meaning"], each["definition"], "")
        for each in rows(folder / "dcm-definitions-oct-2026b.tsv")
    ]


def rows(file: Path) -> list[dict[str, str]]:
    """The lines of a table of facts."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))
