"""`/templates` and `/templates/<tid>`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.standard.block import walk
from octome.standard.model.page import Link
from octome.standard.model.template import (
    IncludedTemplate,
    NamedCode,
    NamedGroup,
    TemplateIndex,
    TemplateLine,
    TemplatePage,
    TemplateParameter,
    TemplateRow,
    TemplateSummary,
)
from octome.standard.model.text import Text
from octome.standard.names import code_path
from octome.standard.pages.reader import Reader
from octome.standard.pages.register_history import history_of_template
from octome.standard.pages.section import citations
from octome.standard.template_line import Code, Numbered, Parameter, read_line

TID = re.compile(r"(?:TID)?[\s_]*(\d+[A-Z]?)", re.IGNORECASE)
BINDINGS = {"D": "defined", "B": "baseline", "E": "enumerated", "": ""}


def template_index(reader: Reader, edition: str) -> TemplateIndex:
    """The templates, in the order of the part."""
    return TemplateIndex(
        path="/templates",
        edition=edition,
        title="Templates",
        templates=tuple(
            TemplateSummary(
                tid=tid, name=name, path=f"/templates/{tid}", rows=rows, is_root=_is(is_root)
            )
            for tid, name, rows, is_root in reader.rows(
                "SELECT t.tid, t.name, count(r.tid), t.is_root FROM template t LEFT JOIN "
                "template_row r ON r.edition = t.edition AND r.tid = t.tid "
                "WHERE t.edition = ? GROUP BY t.tid ORDER BY t.position",
                edition,
            )
        ),
    )


def template_page(reader: Reader, edition: str, word: str) -> TemplatePage | None:
    """One template, by its number with or without `TID`; None where the edition has none."""
    number = TID.fullmatch(word.strip())
    found = number and reader.row(
        "SELECT tid, name, is_extensible, is_order_significant, is_root, text, notes, url "
        "FROM template WHERE edition = ? AND tid = ?",
        edition,
        number[1].upper(),
    )
    if not found:
        return None
    tid, name, is_extensible, is_order_significant, is_root, text, notes, url = found
    rows = tuple(_rows(reader, edition, tid))
    including = tuple(_including(reader, edition, tid))
    shown = {link.path for link in including}
    cited_by = citations(reader, edition, f"/templates/{tid}")
    included = dict.fromkeys(row.included for row in rows if row.included)
    section = reader.row(
        "SELECT title FROM section WHERE edition = ? AND number = ?", edition, _section(tid)
    )
    return TemplatePage(
        path=f"/templates/{tid}",
        edition=edition,
        title=name,
        tid=tid,
        is_extensible=_is(is_extensible),
        is_order_significant=_is(is_order_significant),
        is_root=_is(is_root),
        description=reader.text(text),
        parameters=tuple(
            TemplateParameter(parameter, reader.text(usage))
            for parameter, usage in reader.rows(
                "SELECT name, text FROM template_parameter WHERE edition = ? AND tid = ? "
                "ORDER BY position",
                edition,
                tid,
            )
        ),
        rows=rows,
        notes=reader.text(notes),
        includes=tuple(
            IncludedTemplate(template=link, rows=tuple(_rows(reader, edition, other)))
            for link in included
            if (other := link.path.rpartition("/")[2]) != tid
        ),
        included_by=including,
        history=history_of_template(reader, tid),
        cited_by=tuple(citation for citation in cited_by if citation.path not in shown),
        section=Link(f"/parts/16/TID_{tid}", f"PS3.16 TID {tid}") if section else None,
        standard_url=url,
    )


def _including(reader: Reader, edition: str, tid: str) -> Iterator[Link]:
    """The templates that include one, in the order of the part."""
    for other, title in reader.rows(
        "SELECT DISTINCT t.tid, t.name FROM template_row r "
        "JOIN template t ON t.edition = r.edition AND t.tid = r.tid "
        "WHERE r.edition = ? AND r.included = ? ORDER BY t.position",
        edition,
        tid,
    ):
        yield Link(f"/templates/{other}", f"TID {other} {title}")


def _section(tid: str) -> str:
    return f"PS3.16-TID_{tid}"


def _rows(reader: Reader, edition: str, tid: str) -> Iterator[TemplateRow]:
    for row in reader.rows(
        "SELECT r.number, r.depth, r.relationship, r.value_type, r.concept, r.vm, r.requirement, "
        "r.condition, r.value_set, t.tid, t.name FROM template_row r LEFT JOIN template t "
        "ON t.edition = r.edition AND t.tid = r.included "
        "WHERE r.edition = ? AND r.tid = ? ORDER BY r.position",
        edition,
        tid,
    ):
        number, depth, relationship, value_type, concept, vm, requirement, *rest = row
        condition, value_set, included, name = rest
        concept, value_set = reader.text(concept), reader.text(value_set)
        yield TemplateRow(
            number=number,
            depth=depth,
            relationship=relationship.removeprefix("R-"),
            is_by_reference=relationship.startswith("R-"),
            value_type=value_type,
            concept=concept,
            concept_lines=_lines(concept),
            included=Link(f"/templates/{included}", f"TID {included} {name}") if included else None,
            vm=vm,
            requirement=requirement,
            condition=reader.text(condition),
            value_set=value_set,
            value_set_lines=_lines(value_set),
        )


def _lines(text: Text | None) -> tuple[TemplateLine, ...]:
    """The lines of a cell, read."""
    return tuple(_line(block.words) for block in walk(text.blocks if text else ()) if block.words)


def _line(words: str) -> TemplateLine:
    line = read_line(words)
    named = [mention.what for mention in line.mentions]
    return TemplateLine(
        name=line.name,
        codes=tuple(
            NamedCode(**one._asdict(), path=code_path(one.scheme, one.value))
            for one in named
            if isinstance(one, Code)
        ),
        groups=tuple(
            NamedGroup(one.number, BINDINGS[one.binding])
            for one in named
            if isinstance(one, Numbered) and one.what == "CID"
        ),
        parameters=tuple(one.name for one in named if isinstance(one, Parameter)),
        words=words,
    )


def _is(stored: int | None) -> bool | None:
    return None if stored is None else bool(stored)
