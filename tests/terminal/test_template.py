from __future__ import annotations

from dataclasses import replace

from octome.standard.block import Block
from octome.standard.model.page import Link
from octome.standard.model.template import TemplateLine, TemplatePage, TemplateRow
from octome.standard.model.text import Text
from octome.terminal.style import plain
from octome.terminal.template import template_lines


def text(words: str) -> Text:
    return Text((Block(kind="paragraph", words=words),), "2099z")


def test_row_is_nested_and_has_its_condition_and_values_below() -> None:
    row = TemplateRow(
        number="2",
        depth=1,
        relationship="CONTAINS",
        is_by_reference=True,
        value_type="INCLUDE",
        concept=text("DTID 10 “Tea”"),
        concept_lines=(),
        included=Link("/templates/10", "TID 10 Tea"),
        vm="1-n",
        requirement="MC",
        condition=text("IF it rains"),
        value_set=text("$Leg = $Leg"),
        value_set_lines=(
            TemplateLine(
                name="$Leg", codes=(), groups=(), parameters=("$Leg",), words="$Leg = $Leg"
            ),
        ),
    )
    page = TemplatePage(
        path="/templates/9",
        edition="2099z",
        title="Frog",
        tid="9",
        is_extensible=True,
        is_order_significant=None,
        is_root=False,
        description=None,
        parameters=(),
        rows=(row, replace(row, number="3", condition=None, included=None, value_set_lines=())),
        notes=None,
        includes=(),
        included_by=(),
        cited_by=(),
        section=None,
        standard_url=None,
    )
    assert list(template_lines(page, 80, plain)) == [
        "Extensible         yes",
        "Order significant  not stated",
        "Root               no",
        "",
        "Rows",
        "  2   > R-CONTAINS INCLUDE DTID 10 “Tea”  [1-n, MC]",
        "            condition: IF it rains",
        "            value: $Leg = $Leg",
        "            /templates/10",
        "  3   > R-CONTAINS INCLUDE DTID 10 “Tea”  [1-n, MC]",
        "            condition: not known",
    ]
