from pathlib import Path

import pytest
from made_part import chapter, made_part

from octome.standard.sources.docbook.context_groups import read_context_groups
from octome.standard.sources.docbook.part import parse_part
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Code, ContextGroupRecord, IncludedGroup, Passage

COLUMNS = ("Coding Scheme Designator", "Code Value", "Code Meaning")
HEAD = f"<thead><tr>{''.join(f'<th>{name}</th>' for name in COLUMNS)}</tr></thead>"
TERMS = """<variablelist><varlistentry><term>Resources:</term>
<listitem><para>Leaf</para></listitem></varlistentry>
<varlistentry><term>Keyword:</term><listitem><para>Frog</para></listitem>
</varlistentry><varlistentry><term>FHIR Keyword:</term><listitem><para>dicom-frog</para></listitem>
</varlistentry><varlistentry><term>Type:</term><listitem><para>Non-Extensible</para></listitem>
</varlistentry><varlistentry><term>Version:</term><listitem><para>20260101</para></listitem>
</varlistentry><varlistentry><term>UID:</term><listitem><para>1.2.\u200b3</para></listitem>
</varlistentry></variablelist>"""
OLD = "<para>Type: Extensible Version: 20040112</para>"
BOOK = f"""<book xmlns="http://docbook.org/ns/docbook" label="PS3.16" xml:id="PS3.16">
<title>PS3.16</title><subtitle>DICOM PS3.16 2099z - Frogs</subtitle>
<chapter label="B" xml:id="chapter_B"><title>Groups</title>
<section label="CID 1" xml:id="sect_CID_1"><title>Frog</title>{TERMS}
<table label="CID 1" xml:id="table_CID_1"><caption>Frog</caption>{HEAD}<tbody>
<tr><td><para>99FROG</para></td><td><para>1</para></td><td><para>Tree frog</para></td></tr>
<tr><td colspan="3"><para>Include <xref linkend="sect_CID_2"/></para></td></tr>
<tr><td><para>99FROG</para></td><td><para>2</para></td><td/></tr>
<tr><td colspan="3"><para>A stray line</para></td></tr></tbody></table>
<note><para>A frog may sing.</para></note></section>
<section label="CID 2" xml:id="sect_CID_2"><title>Tea</title>{OLD}
<table label="CID 2"><caption>Tea</caption>{HEAD}<tbody/></table></section>
</chapter></book>"""


def test_codes_and_includes_are_in_order_and_nothing_is_dropped(tmp_path: Path) -> None:
    (file := tmp_path / "part16.xml").write_text(BOOK, "utf-8")
    part = parse_part(file)
    frog, tea = read_context_groups(part, Reading(part))
    codes = (Code("99FROG", "1", "Tree frog"), IncludedGroup(2), Code("99FROG", "2", ""))
    assert frog.entries == codes
    assert (frog.name, frog.keyword, frog.uid, frog.version) == (
        "Frog",
        "Frog",
        "1.2.3",
        "20260101",
    )
    assert (frog.is_extensible, tea.is_extensible, tea.version) == (False, True, "20040112")
    assert [problem.words for problem in part.problems] == ["a row without code: A stray line"]
    assert isinstance(frog.text, Passage)
    assert tea.text is None
    assert [(block.kind, block.words) for block in frog.text.blocks] == [
        ("note", "A frog may sing.")
    ]


ROW = "<tr><td>99FROG</td><td>1</td><td>Tree frog</td></tr>"


def read(folder: Path, body: str) -> tuple[list[ContextGroupRecord], list[str]]:
    part = made_part(folder, chapter(body, "B"), 16, "DICOM PS3.16 2026c - Frogs")
    found = read_context_groups(part, Reading(part))
    return list(found), [problem.words for problem in part.problems]


def group(stated: str, rows: str, head: str = HEAD, id_: str = 'xml:id="sect_CID_7"') -> str:
    return (
        f'<section label="CID 7" {id_}><title>Frog</title><para>{stated}</para>'
        f'<informaltable label="CID 7">{head}<tbody>{rows}</tbody></informaltable></section>'
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Extensible", True),
        ("Non Extensible", False),
        ("non-extensible", False),
        ("Not extensible", False),
    ],
)
def test_group_is_extensible_or_not_in_any_spelling(
    tmp_path: Path, words: str, expected: bool
) -> None:
    (found,), problems = read(tmp_path, group(f"Type: {words} Version: 20260101", ROW))
    assert (found.is_extensible, found.version, problems) == (expected, "20260101", [])


def test_group_without_an_id_has_the_number_of_its_label(tmp_path: Path) -> None:
    (found,), _ = read(tmp_path, group("Frogs.", ROW, id_=""))
    assert (found.cid, found.entries) == (7, (Code("99FROG", "1", "Tree frog"),))


@pytest.mark.parametrize(
    "link",
    [
        '<olink targetdoc="PS3.16" targetptr="sect_CID_8"/>',
        '<link linkend="sect_CID_8">Tea</link>',
        "CID 8 Tea",
    ],
)
def test_group_is_included_by_any_reference(tmp_path: Path, link: str) -> None:
    row = f'<tr><td colspan="3"><para>Include {link}</para></td></tr>'
    (found,), _ = read(tmp_path, group("Frogs.", row))
    assert found.entries == (IncludedGroup(8),)


def test_included_group_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    row = '<tr><td colspan="3"><para>Include <xref linkend="sect_CID_8"/></para></td></tr>'
    _, problems = read(tmp_path, group("Frogs.", row))
    assert problems == ["a reference to what is not here: sect_CID_8"]


def test_what_is_not_understood_of_groups_is_a_problem(tmp_path: Path) -> None:
    head = "<thead><tr><th>Frog</th><th>Number</th><th>Words</th></tr></thead>"
    _, problems = read(tmp_path, group("Type: Green", ROW, head) + group("Frogs.", ROW))
    assert problems[:2] == [
        "a type of a context group that is not known: Green",
        "a table of codes that is not read: CID 7, 1 row",
    ]
    assert problems[-1] == "a second context group, not used: CID 7"
