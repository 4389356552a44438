"""Tables, figures and formulas."""

from __future__ import annotations

from pathlib import Path

from made_part import chapter, made_part

from octome.standard.block import Block, Span, walk
from octome.standard.sources.docbook.part import Part
from octome.standard.sources.docbook.text import Reading


def read(folder: Path, text: str) -> tuple[tuple[Block, ...], Part]:
    part = made_part(folder, chapter(text))
    return Reading(part).blocks(part.by_id["chapter_C"]), part


def test_a_caption_keeps_its_marks_behind_the_label(tmp_path: Path) -> None:
    ((figure,), _) = read(
        tmp_path,
        '<table label="C-1" xml:id="table_C-1"><caption>Hot <emphasis>teas</emphasis></caption>'
        "<tbody><tr><td>x</td></tr></tbody></table>",
    )
    caption = figure.blocks[0]
    assert (caption.words, caption.spans) == (
        "Table C-1. Hot teas",
        (Span("emphasis", 15, 19),),
    )


def test_a_table_without_caption_and_id_is_only_a_table(tmp_path: Path) -> None:
    ((table,), _) = read(tmp_path, "<informaltable><tr><th>a</th><td/></tr></informaltable>")
    assert [block.kind for block in walk((table,))] == ["table", "row", "heading cell", "cell"]


def test_a_cell_holds_paragraphs_lists_and_tables(tmp_path: Path) -> None:
    inner = "<informaltable><tr><td>z</td></tr></informaltable>"
    ((table,), _) = read(
        tmp_path,
        f"<informaltable><tr><td>bare<para>a</para><para>b</para>{inner}</td></tr></informaltable>",
    )
    (cell,) = table.blocks[0].blocks
    assert cell.words == "bare"
    assert [block.kind for block in cell.blocks] == ["paragraph", "paragraph", "table"]


def test_a_row_in_a_row_is_a_row_after_it(tmp_path: Path) -> None:
    ((table,), _) = read(
        tmp_path, "<informaltable><tr><td>a</td><tr><td>b</td></tr></tr></informaltable>"
    )
    assert [[cell.words for cell in row.blocks] for row in table.blocks] == [["a"], ["b"]]


def test_words_between_the_rows_are_kept(tmp_path: Path) -> None:
    blocks, part = read(
        tmp_path, "<informaltable><para>stray</para><tr><td>a</td></tr></informaltable>"
    )
    assert [block.words for block in walk(blocks) if block.words] == ["stray", "a"]
    assert len(part.problems) == 1


def test_a_picture_says_what_it_shows(tmp_path: Path) -> None:
    picture = (
        '<mediaobject><imageobject><imagedata fileref="a.png"/></imageobject><textobject><phrase>'
        "A frog</phrase></textobject><caption><para>It hops.</para></caption></mediaobject>"
    )
    (shown, caption), part = read(tmp_path, picture)
    assert shown == Block(kind="picture", detail="PS3.3#a.png", words="A frog")
    assert caption.words == "It hops."
    assert not part.problems


def test_a_picture_without_a_safe_file_is_a_problem(tmp_path: Path) -> None:
    picture = '<imageobject><imagedata fileref="../a.png"/></imageobject>'
    blocks, part = read(tmp_path, f"<mediaobject>{picture}</mediaobject>")
    assert blocks == ()
    assert [problem.words for problem in part.problems] == ["a picture without a file"]


def test_a_picture_in_a_line_stands_between_its_words(tmp_path: Path) -> None:
    picture = '<imageobject><imagedata fileref="a.png"/></imageobject>'
    blocks, _ = read(tmp_path, f"<para>a <inlinemediaobject>{picture}</inlinemediaobject> b</para>")
    assert [(block.kind, block.words) for block in blocks] == [
        ("paragraph", "a"),
        ("picture", ""),
        ("paragraph", "b"),
    ]


def test_a_numbered_equation_in_words(tmp_path: Path) -> None:
    ((figure,), part) = read(
        tmp_path,
        '<equation label="C-1" xml:id="equation_C-1"><mathphrase>a<subscript>1</subscript> = 2'
        "</mathphrase></equation>",
    )
    caption, formula = figure.blocks
    assert (figure.detail, caption.words) == ("equation_C-1", "Equation C-1")
    assert (formula.words, formula.spans) == ("a1 = 2", (Span("subscript", 1, 2),))
    assert not part.problems
