"""Templates of frogs and tea: columns by their head, what a row includes, and what is odd."""

from __future__ import annotations

from pathlib import Path

from made_part import chapter, made_part

from octome.standard.block import words_of
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.templates import read_templates
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import TemplateRecord

HEAD = ("", "NL", "Rel with Parent", "VT", "Concept Name", "VM", "Req Type", "Condition",
        "Value Set Constraint")  # fmt: skip
GROUP = '<section label="CID 7" xml:id="sect_CID_7"><title>Ponds</title></section>'
STATED = """<variablelist><varlistentry><term><emphasis role="bold">Type:</emphasis></term>
<listitem><para>Non-Extensible</para></listitem></varlistentry>
<varlistentry><term>Order:</term><listitem><para>Significant</para></listitem></varlistentry>
<varlistentry><term>Root:</term><listitem><para>Yes</para></listitem></varlistentry>
</variablelist>"""


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD, label: str = "TID 9") -> str:
    def line(cells: tuple[str, ...], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}><para>{each}</para></{tag}>' for each in cells)}</tr>"

    body = "".join(line(row, "td") for row in rows)
    return (
        f'<table label="{label}" xml:id="table_{label.replace(" ", "_")}"><caption>Frog</caption>'
        f"<thead>{line(head, 'th')}</thead><tbody>{body}</tbody></table>"
    )


def section(body: str, tid: str = "9", title: str = "Frog") -> str:
    return (
        f'<section label="TID {tid}" xml:id="sect_TID_{tid}"><title>{title}</title>{body}</section>'
    )


def read(folder: Path, body: str) -> tuple[Part, tuple[TemplateRecord, ...]]:
    part = made_part(folder, chapter(body + GROUP, "A"), 16, "DICOM PS3.16 2026c - Frogs")
    return part, read_templates(part, Reading(part))


def test_template_has_what_is_stated_its_parameters_and_its_rows(tmp_path: Path) -> None:
    parameters = table(
        ("$Leg", "Which leg"), head=("Parameter Name", "Parameter Usage"), label="TID 9"
    )
    rows = table(
        ("1", "", "", "CONTAINER", 'EV (1, 99FROG, "Frog")', "1", "M", "", ""),
        (
            "1b",
            "&gt;&gt;",
            "R- INFERRED FROM",
            "NUM",
            'D<xref linkend="sect_CID_7" xrefstyle="select: label quotedtitle"/>',
            "1-n",
            "UC",
            "IF it rains",
            "UNITS = $Leg</para><para>It is even.",
        ),
    )
    below = "<informaltable><tbody><tr><td>Row 1</td><td>Green</td></tr></tbody></informaltable>"
    part, (frog,) = read(
        tmp_path, section(f"<para>Of a frog.</para>{parameters}{STATED}{rows}{below}")
    )
    assert (frog.is_extensible, frog.is_order_significant, frog.is_root) == (False, True, True)
    assert [(each.name, each.usage is not None) for each in frog.parameters] == [("$Leg", True)]
    assert frog.text
    assert words_of(frog.text.blocks) == "Of a frog."
    assert frog.notes
    assert words_of(frog.notes.blocks) == "Row 1 Green"
    second = frog.rows[1]
    assert (second.number, second.depth, second.relationship) == ("1b", 2, "R-INFERRED FROM")
    assert second.concept
    assert words_of(second.concept.blocks) == "DCID 7 “Ponds”"
    assert second.value_set
    assert [block.words for block in second.value_set.blocks] == ["UNITS = $Leg", "It is even."]
    assert [each.words for each in part.problems] == [
        "its nesting level is more than one deeper than that of the row above: row 1b"
    ]


def test_columns_are_found_by_their_head(tmp_path: Path) -> None:
    head = ("", "VT", "Concept Name", "VM", "Req Type", "Condition", "Value Set Constraint")
    rows = table(("1", "CODE", "$Tea", "1", "M", "", "BCID 7"), head=head)
    stated = "<para>Type: Extensible Order: Non-Significant Root: No</para>"
    part, (frog,) = read(tmp_path, section(stated + rows))
    assert (frog.is_extensible, frog.is_order_significant, frog.is_root) == (True, False, False)
    assert frog.text is None
    row = frog.rows[0]
    assert (row.depth, row.relationship, row.value_type, row.vm) == (0, "", "CODE", "1")
    assert not part.problems


def test_include_is_found_by_its_link_or_in_words(tmp_path: Path) -> None:
    linked = 'D<xref linkend="sect_TID_10B" xrefstyle="select: label quotedtitle"/>'
    rows = table(
        ("1", "", "", "INCLUDE", linked, "1", "M", "", "$Leg = $Leg"),
        ("2", "", "", "INCLUDE", 'BTID 11 "Tea"', "1", "M", "", ""),
        ("3", "", "", "INCLUDE", "D", "1", "M", "", ""),
    )
    part, found = read(tmp_path, section(STATED + rows) + section("", "10B", "Tea (Retired)"))
    assert [row.included for row in found[0].rows] == ["10B", "11", ""]
    assert [each.words for each in part.problems] == [
        "an include without a template: D, row 3",
        "a reference or code that is cut: D, row 3",
    ]


def test_what_is_not_understood_is_a_problem_and_stays(tmp_path: Path) -> None:
    rows = table(
        ("1", "?", "CROAKS", "FROG", 'EV (1, 99FROG, "Frog)', "1", "X", "", "", "Green"),
        head=(*HEAD, "Colour"),
    )
    part, found = read(tmp_path, section(rows) + section("", "10") + table(("",), label="TID 11"))
    assert found[0].rows[0].value_type == "FROG"
    assert [each.words for each in part.problems] == [
        "a column of a template that is not known: colour",
        "a nesting level that is not known: ?, row 1",
        "a value type that is not known: FROG, row 1",
        "a requirement type that is not known: X, row 1",
        "a relationship that is not known: CROAKS, row 1",
        'a reference or code that is cut: EV (1, 99FROG, "Frog), row 1',
        "a template without a table of rows: TID 10",
        "a template outside of a section of its own: TID 11",
    ]


def test_template_without_an_id_has_the_number_of_its_label(tmp_path: Path) -> None:
    rows = table(("1", "", "", "CONTAINER", 'EV (1, 99FROG, "Frog")', "1", "M", "", ""))
    bare = section(rows, "12").replace(' xml:id="sect_TID_12"', "", 1)
    assert "sect_TID_12" not in bare
    _, (frog,) = read(tmp_path, bare)
    assert (frog.tid, len(frog.rows)) == ("12", 1)
