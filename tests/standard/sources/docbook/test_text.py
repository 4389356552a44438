"""The text of a part as blocks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from made_part import chapter, made_part, section
from real_parts import EXCERPT_OF_PART_3, real_part

from octome.standard.block import Block, Span, walk, words_of
from octome.standard.compile.statements import value_lists
from octome.standard.sources.docbook.part import Part, parse_part
from octome.standard.sources.docbook.tag import name_of, tag
from octome.standard.sources.docbook.text import Reading
from octome.standard.stated import ValueList


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    """What a text becomes, and the part that it was in."""

    def blocks(text: str, titles: dict[str, str] | None = None) -> tuple[tuple[Block, ...], Part]:
        part = made_part(tmp_path, chapter(text))
        return Reading(part, titles).blocks(part.by_id["chapter_C"]), part

    return blocks


def outline(blocks: tuple[Block, ...]) -> list[object]:
    """Kind, detail and words of each block, with those inside."""
    return [
        " ".join(word for word in (b.kind, b.detail and f"[{b.detail}]", b.words) if word)
        if not b.blocks
        else (
            " ".join(word for word in (b.kind, b.detail and f"[{b.detail}]", b.words) if word),
            outline(b.blocks),
        )
        for b in blocks
    ]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("<para>Green\u00a0tea \u200b leaf</para>", ["paragraph Green tea leaf"]),
        (
            "<para>Such as<itemizedlist><listitem><para>tea</para><para>hot</para></listitem>"
            "</itemizedlist>and so on</para>",
            [
                "paragraph Such as",
                ("list", [("item tea", ["paragraph hot"])]),
                "paragraph and so on",
            ],
        ),
        (
            '<orderedlist numeration="loweralpha"><listitem><para>a</para></listitem>'
            "</orderedlist>",
            [("list [a]", ["item a"])],
        ),
        (
            "<note><para>Hot.</para><para>Wet.</para></note>",
            [("note [Note] Hot.", ["paragraph Wet."])],
        ),
        (
            "<note><orderedlist><listitem><para>Hot.</para></listitem></orderedlist></note>",
            [("note [Note]", [("list [1]", ["item Hot."])])],
        ),
        (
            "<variablelist><title>Kinds:</title><varlistentry><term>A</term><term>B</term>"
            "<listitem><para>tea</para></listitem></varlistentry></variablelist>",
            ["paragraph Kinds:", ("terms", ["term A", "term B", "meaning tea"])],
        ),
        (
            "<glossary><glossdiv><title>G</title><glossentry><glossterm>Frog</glossterm>"
            "<acronym>F</acronym><glossdef><para>It hops.</para></glossdef></glossentry>"
            "<glossentry><glossterm>Newt</glossterm><glossdef><para>No.</para></glossdef>"
            "</glossentry></glossdiv></glossary>",
            [
                "paragraph G",
                ("terms", ["term Frog", "term F", "meaning It hops.", "term Newt", "meaning No."]),
            ],
        ),
        (
            "<bibliography><title/><biblioentry><abbrev>TEA 1</abbrev><author><orgname>Leaf"
            "</orgname></author><date>1999</date><title>Tea</title></biblioentry></bibliography>",
            [("terms", ["term [TEA 1]", "meaning Leaf. 1999. Tea."])],
        ),
        (
            "<programlisting>a\n\u00a0 b\n</programlisting>",
            ["preformatted a\n  b"],
        ),
        (
            '<table label="C-1" xml:id="table_C-1"><caption>Teas</caption><thead><tr><th>N</th>'
            '</tr></thead><tbody><tr><td colspan="2" rowspan="1"><para>x</para></td></tr></tbody>'
            "</table>",
            [
                (
                    "figure [table_C-1]",
                    [
                        "caption Table C-1. Teas",
                        (
                            "table",
                            [("head", [("row", ["heading cell N"])]), ("row", ["cell [2 1] x"])],
                        ),
                    ],
                )
            ],
        ),
        (
            '<para>See<figure label="C-2" xml:id="figure_C-2"><title>Leaf</title><mediaobject>'
            '<imageobject><imagedata fileref="figures/leaf.svg"/></imageobject></mediaobject>'
            "</figure></para>",
            [
                "paragraph See",
                (
                    "figure [figure_C-2]",
                    [
                        "caption Figure C-2. Leaf",
                        "picture [PS3.3#figures/leaf.svg] Figure C-2. Leaf",
                    ],
                ),
            ],
        ),
        (
            '<equation label="C-3" xml:id="equation_C-3"><m:math xmlns:m="http://www.w3.org/1998/'
            'Math/MathML"><m:mi>a</m:mi></m:math></equation>',
            [
                (
                    "figure [equation_C-3]",
                    ["caption Equation C-3", "formula [<math><mi>a</mi></math>] a"],
                )
            ],
        ),
        (
            '<example label="C-4" xml:id="example_C-4"><title>Cup</title><para>x</para></example>',
            [("figure [example_C-4]", ["caption Example C-4. Cup", "paragraph x"])],
        ),
        (
            "<para>Hot<footnote><para>Very.</para></footnote> tea</para>",
            ["paragraph Hot1 tea", "paragraph 1 Very."],
        ),
        ("<para>a<remark>never</remark><!-- nor this -->b</para>", ["paragraph ab"]),
        ("<para>He said <quote>tea</quote>.</para>", ["paragraph He said \u201ctea\u201d."]),
    ],
)
def test_each_kind_of_element(read, text: str, shape: list[object]) -> None:  # type: ignore[no-untyped-def]
    blocks, part = read(text)
    assert outline(blocks) == shape
    assert not part.problems


def test_marks_within_the_words(read) -> None:  # type: ignore[no-untyped-def]
    text = (
        '<para>Hot <emphasis role="bold">green </emphasis><emphasis>t<subscript>1</subscript>'
        '</emphasis> <computeroutput>x</computeroutput> <link xl:href="https://tea.test"/></para>'
    )
    (block,), _ = read(text)
    assert block.words == "Hot green t1 x https://tea.test"
    assert block.spans == (
        Span("strong", 4, 9),
        Span("emphasis", 10, 12),
        Span("subscript", 11, 12),
        Span("code", 13, 14),
        Span("link", 15, 31, "https://tea.test"),
    )


def test_a_section_does_not_hold_those_in_it(read) -> None:  # type: ignore[no-untyped-def]
    blocks, _ = read("<para>x</para>" + section("C.1", "<para>y</para>"))
    assert outline(blocks) == ["paragraph x"]


def test_a_list_of_values_is_read_as_one(read) -> None:  # type: ignore[no-untyped-def]
    values = "".join(
        f"<varlistentry><term>{value}</term><listitem><para/></listitem></varlistentry>"
        for value in ("HOT", "COLD\u200b_TEA")
    )
    cell = (
        "<table><tr><td><para>How it is served.</para><variablelist>"
        f"<title>Enumerated Values:</title>{values}</variablelist></td></tr></table>"
    )
    part = read(cell)[1]
    blocks = Reading(part).blocks(next(part.root.iter(tag("td"))))
    assert value_lists(blocks) == (ValueList(True, ("HOT", "COLD_TEA"), None, ""),)


def test_what_is_not_known_keeps_its_words_and_is_a_problem(read) -> None:  # type: ignore[no-untyped-def]
    blocks, part = read(
        '<table xml:id="table_C-9"><tgroup><tbody><row><entry>x</entry></row></tbody></tgroup>'
        "</table>"
        "<frog><title>Loud</title>croaks</frog>"
    )
    words = " ".join(block.words for block in walk(blocks))
    assert all(word in words for word in ("x", "Loud", "croaks"))
    assert ("table_C-9", "an element that is not known here, its words are kept: <tgroup>") in [
        (problem.anchor, problem.words) for problem in part.problems
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<itemizedlist>X<listitem/></itemizedlist>",
        "<variablelist><varlistentry><term>a</term>X</varlistentry></variablelist>",
        "<informaltable>X<tr><td/></tr></informaltable>",
        "<informaltable><tbody>X<tr><td/></tr></tbody></informaltable>",
        "<informaltable><tr>X<td/></tr></informaltable>",
        "<informaltable><tr><para>X</para></tr></informaltable>",
        "<mediaobject>X<imageobject><imagedata fileref='a.png'/></imageobject></mediaobject>",
        "<glossary><glossentry>X<glossterm>a</glossterm></glossentry></glossary>",
        "<para>a<title>X</title></para>",
        "<para><frog><caption>X</caption></frog></para>",
        "<table><title>a</title><caption>X</caption></table>",
    ],
)
def test_words_where_none_belong_are_kept(read, text: str) -> None:  # type: ignore[no-untyped-def]
    blocks, part = read(text)
    assert "X" in words_of(blocks)
    assert part.problems


@pytest.mark.parametrize(
    "text", ["<para>a<anchor>X</anchor></para>", "<note><title>X</title></note>"]
)
def test_words_of_an_anchor_and_a_title_are_kept(read, text: str) -> None:  # type: ignore[no-untyped-def]
    blocks, _ = read(text)
    assert any("X" in block.words + block.detail for block in walk(blocks))


def _texts(file: Path) -> list[str]:
    """Each piece of text in order, by a reader that knows nothing, but for what is never shown.

    Those are the book's own title, subtitle and imprint; titles of sections, which are not in their
    text; and remarks of the editors.
    """
    found: list[str] = []
    sections = ("book", "chapter", "section", "glossdiv", "bibliodiv")

    def add(element: ElementTree.Element, parent: str) -> None:
        name = element.tag.rpartition("}")[2]
        if name in ("subtitle", "info", "remark") or (name == "title" and parent in sections):
            return
        found.append(_letters(element.text))
        for child in element:
            add(child, name)
            found.append(_letters(child.tail))

    add(ElementTree.parse(file).getroot(), "")
    return [text for text in found if text]


def _letters(text: str | None) -> str:
    # Without spaces: where a word begins and ends depends on the marks in it.
    return re.sub(r"[\s\u200b\u2060\ufeff]", "", text or "")


@pytest.mark.shared
@real_part
def test_no_text_of_a_real_part_is_lost(file: Path) -> None:
    part = parse_part(file)
    reading = Reading(part)
    ours = "".join(
        _letters(block.words)
        for element in (*part.sections(), part.root)
        for block in walk(reading.blocks(element))
    )
    at, lost = 0, []
    for text in _texts(file):
        found = ours.find(text, at, at + len(text) + 3000)
        if found < 0:
            lost.append(text)
        else:
            at = found + len(text)
    assert not lost
    unknown = [problem.words for problem in part.problems if "not here" not in problem.words]
    assert not unknown


@pytest.mark.shared
@real_part
def test_every_reference_of_a_real_part_is_a_link(file: Path) -> None:
    part = parse_part(file)
    reading = Reading(part)
    links = Counter(
        span.target
        for element in (*part.sections(), part.root)
        for block in walk(reading.blocks(element))
        for span in block.links
        if span.start < span.end
    )
    expected: Counter[str] = Counter()
    for element in part.root.iter(tag("xref"), tag("olink")):
        if any(
            name_of(a) == "title" and name_of(a.getparent()) in ("section", "chapter", "glossdiv")
            for a in element.iterancestors()
            if a.getparent() is not None
        ):
            continue  # in the title of a section
        if name_of(element) == "xref":
            expected[f"PS3.{part.number}#{element.get('linkend')}"] += 1
        else:
            document = element.get("targetdoc", "")
            expected[f"{document}#{element.get('targetptr') or document}"] += 1
    assert not expected - links


@pytest.mark.shared
@real_part
def test_no_row_item_note_or_picture_of_a_real_part_is_lost(file: Path) -> None:
    root = ElementTree.parse(file).getroot()
    theirs = Counter(element.tag.rpartition("}")[2] for element in root.iter())
    part = parse_part(file)
    reading = Reading(part)
    ours: Counter[str] = Counter()
    for element in (*part.sections(), part.root):
        for block in walk(reading.blocks(element)):
            ours[block.kind] += 1
            assert _are_nested(block.spans, len(block.words)), block
    assert (ours["row"], ours["cell"], ours["heading cell"]) == (
        theirs["tr"],
        theirs["td"],
        theirs["th"],
    )
    assert ours["list"] == theirs["itemizedlist"] + theirs["orderedlist"]
    assert ours["item"] == theirs["listitem"] - theirs["varlistentry"]
    assert ours["note"] == theirs["note"]
    assert ours["picture"] == theirs["mediaobject"] + theirs["inlinemediaobject"]
    assert ours["formula"] == theirs["math"]
    assert ours["preformatted"] == theirs["programlisting"]
    captioned = ("table", "figure", "example", "equation")
    assert sum(ours[kind] for kind in ("figure",)) >= sum(theirs[name] for name in captioned)


def _are_nested(spans: tuple[Span, ...], length: int) -> bool:
    """Whether marks are in reading order, within the words, and nested or apart."""
    open_: list[int] = []
    at = 0
    for span in spans:
        while open_ and open_[-1] <= span.start:
            open_.pop()
        if not at <= span.start <= span.end <= length or (open_ and span.end > open_[-1]):
            return False
        at = span.start
        open_.append(span.end)
    return True


@pytest.mark.shared
def test_every_list_of_values_of_a_real_part_is_understood() -> None:
    part = parse_part(EXCERPT_OF_PART_3)
    reading = Reading(part)
    theirs, ours = [], []
    for cell in part.root.iter(tag("td")):
        lists = list(cell.iter(tag("variablelist")))
        theirs += [sum(1 for _ in each.iter(tag("term"))) for each in lists]
        ours += [len(each.values) for each in value_lists(reading.blocks(cell))]
    assert ours == theirs
    assert len(theirs) > 100
