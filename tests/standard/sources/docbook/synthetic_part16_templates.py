"""A part 16 with templates in DocBook of the official shape, made from flat facts, for tests.

Codes are links, references to groups and templates are empty `xref`s after a letter (`D`, `B`),
and what the facts have on one line is a paragraph for each statement: as in the official files.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, cycle
from pathlib import Path
from xml.sax.saxutils import escape

from synthetic_registers import BOOK

Fact = Mapping[str, str]
GROUPS = (218, 7021, 7469, 244)
HEADS = {
    "row": "",
    "nesting": "NL",
    "relationship": "Rel with Parent",
    "value_type": "VT",
    "concept": "Concept Name",
    "vm": "VM",
    "requirement": "Req Type",
    "condition": "Condition",
    "value_set": "Value Set Constraint",
}
BOLD = '<emphasis role="bold">{}</emphasis>'
XREF = '<xref linkend="{}" xrefstyle="select: label quotedtitle"/>'
# A letter whose link was lost, but not one within quotation marks.
LOST = re.compile(r'"[^"]*"|(?<![\w$("])([BD])(?=[ ,}]|$)')
CODE = re.compile(r'\(([^\s,()]+), (\w+), "[^"]*"\)')
STATEMENTS = re.compile(r" (?=(?:EV|DT) ?\()(?<!= )| (?=\$[\w-]+ = |UNITS = )|(?<=\w) (?=[BD]$)")


def template_facts(file: Path) -> dict[str, list[Fact]]:
    """The rows of each table in `templates-2016.tsv`, by its number."""
    tables: dict[str, list[Fact]] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            tables.setdefault(row["tid"].lstrip("_"), []).append(row)
    return tables


class Part16:
    """Makes the part; `included` and `groups` are what it put in place of each lost link."""

    def __init__(self, tables: Mapping[str, Sequence[Fact]]) -> None:
        self.tables = tables
        self.tids = [tid for tid in tables if not tid.endswith("_Parameters")]
        self.included: dict[tuple[str, int], str] = {}
        self.groups: dict[tuple[str, int], list[int]] = {}
        self._tids, self._cids, self._ids = cycle(self.tids), cycle(GROUPS), count()

    def xml(self, edition: str) -> bytes:
        """The file."""
        general = '<section label="" xml:id="sect_General"><title>General</title>{}</section>'
        chapters = {"A": "", "C": ""}
        for tid in self.tids:
            is_context = all(not row["relationship"] for row in self.tables[tid])
            chapters["C" if is_context else "A"] += self._section(tid, is_context)
        groups = "".join(
            f'<section label="CID {cid}" xml:id="sect_CID_{cid}"><title>Frogs {cid}</title>'
            "</section>"
            for cid in GROUPS
        )
        codes = {
            match[1]
            for rows in self.tables.values()
            for row in rows
            for match in CODE.finditer(f"{row['concept']} {row['value_set']}")
            if match[2] == "DCM"
        }
        terms = "".join(f'<para xml:id="DCM_{code}">{code}</para>' for code in sorted(codes))
        body = "".join(
            f'<chapter label="{label}" xml:id="chapter_{label}"><title>{label}</title>{content}'
            "</chapter>"
            for label, content in (
                ("A", general.format(chapters["A"])),
                ("B", groups),
                ("C", chapters["C"]),
                ("D", terms),
            )
        )
        title = "Content Mapping Resource"
        return BOOK.format(number=16, edition=edition, title=title, body=body).encode()

    def _section(self, tid: str, is_context: bool) -> str:
        parameters = len(self.tables.get(f"{tid}_Parameters", ()))
        shown = list(HEADS)
        if is_context:
            shown.remove("relationship")
            if all(not row["nesting"] for row in self.tables[tid]):
                shown.remove("nesting")
        stated = {"Type": "Extensible", "Order": "Non-Significant", "Root": "No"}
        entries = "".join(
            f"<varlistentry><term>{BOLD.format(name + ':')}</term><listitem><para>"
            f"{BOLD.format(value)}</para></listitem></varlistentry>"
            for name, value in stated.items()
        )
        rows = [[self._cell(tid, at, row, name) for name in shown]
                for at, row in enumerate(self.tables[tid])]  # fmt: skip
        usage = self._table(
            tid, f"TID_{tid}_Parameters", "Parameters", ("Parameter Name", "Parameter Usage"),
            [[self._para(f"$Frog{n}"), self._para("What frog it is")] for n in range(parameters)],
        )  # fmt: skip
        start = f'<section label="TID {tid}" status="3" xml:id="sect_TID_{tid}">'
        return (
            f"{start}<title>Tea {tid}</title>{self._para('It is about a frog.')}"
            f"{usage if parameters else ''}"
            f'<variablelist spacing="compact">{entries}</variablelist>'
            + self._table(tid, f"TID_{tid}", f"Tea {tid}", [HEADS[name] for name in shown], rows)
            + "</section>"
        )

    def _table(
        self, tid: str, id_: str, caption: str, heads: Iterable[str], rows: list[list[str]]
    ) -> str:
        cell = '<{} align="left" colspan="1" rowspan="1">{}</{}>'
        head = "".join(cell.format("th", self._para(words), "th") for words in heads)
        lines = [
            f'<tr valign="top">{"".join(cell.format("td", each, "td") for each in row)}</tr>'
            for row in rows
        ]
        bodies = [lines[:20], lines[20:]] if len(lines) > 20 else [lines]
        return (
            f'<table frame="box" label="TID {tid}" rules="all" xml:id="table_{id_}">'
            f'<caption>{caption}</caption><thead><tr valign="top">{head}</tr></thead>'
            + "".join(f"<tbody>{''.join(body)}</tbody>" for body in bodies)
            + "</table>"
        )

    def _para(self, content: str) -> str:
        return f'<para xml:id="para_{next(self._ids)}">{content}</para>'

    def _cell(self, tid: str, at: int, row: Fact, name: str) -> str:
        words = row[name]
        if name not in ("concept", "value_set"):
            return self._para(escape(words))
        lines = STATEMENTS.split(words) if name == "value_set" else [words]
        is_template = name == "concept" and row["value_type"] == "INCLUDE"
        return "".join(
            self._para(self._linked(line, (tid, at), is_template=is_template)) for line in lines
        )

    def _linked(self, line: str, place: tuple[str, int], *, is_template: bool) -> str:
        return "".join(self._pieces(line, place, is_template=is_template))

    def _pieces(self, line: str, place: tuple[str, int], *, is_template: bool) -> Iterator[str]:
        at = 0
        marks = [*CODE.finditer(line), *(match for match in LOST.finditer(line) if match[1])]
        for match in sorted(marks, key=lambda match: match.start()):
            if match.start() < at:
                continue
            yield escape(line[at : match.start()])
            at = match.end()
            if match.re is LOST:
                yield match[1] + self._reference(place, is_template=is_template)
            elif match[2] == "DCM":
                yield f'<link linkend="DCM_{match[1]}">{escape(match[0])}</link>'
            else:
                yield f'<link xl:href="http://tea.example/x">{escape(match[0])}</link>'
        yield escape(line[at:])

    def _reference(self, place: tuple[str, int], *, is_template: bool) -> str:
        if is_template:
            self.included[place] = tid = next(self._tids)
            return XREF.format(f"sect_TID_{tid}")
        cid = next(self._cids)
        self.groups.setdefault(place, []).append(cid)
        return XREF.format(f"sect_CID_{cid}")
