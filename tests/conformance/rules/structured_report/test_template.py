"""Templates as trees of rows."""

from __future__ import annotations

import pytest

from octome.conformance.rules.structured_report.template import packaged, rows_of, template
from octome.standard.model.page import Link
from octome.standard.model.template import (
    NamedCode,
    NamedGroup,
    TemplateLine,
    TemplatePage,
    TemplateRow,
)


@pytest.mark.parametrize("tid", ["1500", "2100", "5200", "10001", "10011"])
def test_a_packaged_template_has_one_root(tid: str) -> None:
    found = template(tid, packaged, is_of_edition=False)
    assert found is not None
    assert found.rows[0].value_type == "CONTAINER"
    assert found.rows[0].concepts


def test_included_rows_stand_in_the_place_of_the_inclusion() -> None:
    found = template("1500", packaged, is_of_edition=False)
    assert found is not None
    rows = found.rows[0].rows
    language = rows[0]
    assert (language.tid, language.relationship, language.is_mandatory) == (
        "1204",
        "HAS CONCEPT MOD",
        True,
    )
    [measurements] = [row for row in rows if row.name == "Imaging Measurements"]
    assert measurements.if_absent == {"10", "12"}
    groups = [row for row in measurements.rows if row.name == "Measurement Group"]
    assert {row.tid for row in groups} == {"1410", "1411", "1501"}
    assert all(row.most is None for row in groups)


def test_a_template_that_is_not_known_is_none() -> None:
    assert template("9999", packaged, is_of_edition=False) is None


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
