"""The rows of templates of an edition."""

from __future__ import annotations

from octome.conformance.rules.structured_report.row_condition import RowCondition
from octome.conformance.rules.structured_report.row_source import packaged, rows_of
from octome.conformance.rules.structured_report.template import Choice, template
from octome.standard.block import Block
from octome.standard.model.page import Link
from octome.standard.model.template import (
    NamedCode,
    NamedGroup,
    TemplateLine,
    TemplatePage,
    TemplateRow,
)
from octome.standard.model.text import Text

TEA = ("99POND", "A")


def test_packaged_rows_have_the_codes_of_both_snomeds() -> None:
    rows = packaged("1419")
    assert rows is not None
    schemes = {scheme for row in rows for scheme, _ in row.concepts}
    assert {"SRT", "SCT"} <= schemes


def line(*codes: str, groups: tuple[NamedGroup, ...] = ()) -> TemplateLine:
    named = tuple(
        NamedCode(term="EV", scheme="99POND", value=one, meaning=f"Frog {one}", path="")
        for one in codes
    )
    return TemplateLine(name="", codes=named, groups=groups, parameters=(), words="")


def row(number: str, depth: int, concept: TemplateLine | None, **values: object) -> TemplateRow:
    given: dict[str, object] = {
        "relationship": "CONTAINS",
        "is_by_reference": False,
        "value_type": "TEXT",
        "concept": None,
        "included": None,
        "vm": "1",
        "requirement": "M",
        "condition": None,
        "value_set": None,
        "value_set_lines": (),
    } | values
    lines = (concept,) if concept else ()
    return TemplateRow(number=number, depth=depth, concept_lines=lines, **given)  # type: ignore[arg-type]


def test_the_rows_of_an_edition_are_read() -> None:
    rows = (
        row("1", 0, line("A"), value_type="CONTAINER", relationship=""),
        row("2", 1, line("B"), vm="1-n", requirement="MC"),
        row("3", 1, line(groups=(NamedGroup("7", "defined"),)), vm="1-2"),
        row("4", 1, line(groups=(NamedGroup("7", "baseline"),))),
        row("5", 1, None, value_type="INCLUDE", included=Link("/templates/1", "TID 1")),
    )
    page = TemplatePage(
        path="/templates/1", edition="2099a", title="Frogs", tid="1", is_extensible=None,
        is_order_significant=None, is_root=None, description=None, parameters=(), rows=rows,
        notes=None, includes=(), included_by=(), cited_by=(), section=None, standard_url=None,
    )  # fmt: skip
    read = rows_of(page, lambda cid: frozenset({("99POND", f"G{cid}")}))
    found = template("1", lambda tid: read if tid == "1" else None, is_of_edition=True)
    assert found is not None
    [root] = found.rows
    assert root.concepts == {("99POND", "A")}
    several, group, open_, included = root.rows
    assert (several.most, several.is_mandatory) == (None, False)
    assert (group.concepts, group.most) == ({("99POND", "G7")}, 2)
    assert open_.concepts == frozenset()
    # A template that includes itself ends there.
    assert included.included == "?"


def page(*rows: TemplateRow, tid: str = "1", **stated: bool) -> TemplatePage:
    given: dict[str, bool | None] = {"is_extensible": None, "is_order_significant": None} | stated
    return TemplatePage(
        path=f"/templates/{tid}", edition="2099a", title="Frogs", tid=tid, is_root=None,
        description=None, parameters=(), rows=rows, notes=None, includes=(), included_by=(),
        cited_by=(), section=None, standard_url=None, **given,
    )  # fmt: skip


def valued(name: str, *codes: str, parameters: tuple[str, ...] = ()) -> TemplateLine:
    plain = line(*codes)
    return TemplateLine(name=name, codes=plain.codes, groups=(), parameters=parameters, words="")


def test_units_values_conditions_and_flags_are_read() -> None:
    words = Text(edition="2099a", blocks=(Block(kind="paragraph", words="XOR row 1"),))
    rows = rows_of(
        page(
            row("1", 0, line("A"), value_type="NUM", value_set_lines=(valued("UNITS", "m"),)),
            row("2", 0, line("B"), value_type="CODE", value_set_lines=(valued("", "x", "y"),)),
            row("3", 0, line("C"), requirement="MC", condition=words),
            is_extensible=False,
            is_order_significant=True,
        ),
        lambda _: frozenset(),
    )
    number, code, conditional = rows
    assert number.units == Choice(frozenset({("99POND", "m")}))
    assert code.values.codes == {("99POND", "x"), ("99POND", "y")}
    assert conditional.condition == RowCondition(
        kind="only one of", rows=frozenset({"1"}), is_only=True
    )
    assert number.is_closed
    assert number.is_ordered


def test_a_parameter_is_what_the_including_template_gives() -> None:
    pages = {
        "1": page(
            row(
                "1", 0, None, value_type="INCLUDE", included=Link("/templates/2", "TID 2"),
                value_set_lines=(valued("$Tea", "A"),),
            )
        ),
        "2": page(
            row("1", 0, valued("", parameters=("$Tea",))),
            row("2", 0, valued("", parameters=("$Milk",))),
            tid="2",
        ),
    }  # fmt: skip
    found = template(
        "1", lambda tid: rows_of(pages[tid], lambda _: frozenset()), is_of_edition=True
    )
    assert found is not None
    tea, milk = found.rows
    assert tea.concepts == {TEA}
    assert milk.concepts == frozenset()  # not given: any
