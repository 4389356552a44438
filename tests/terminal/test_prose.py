"""A text as lines."""

from __future__ import annotations

from octome.standard.block import Block
from octome.terminal.prose import prose


def paragraph(words: str) -> Block:
    return Block(kind="paragraph", words=words)


def test_a_row_of_a_table_is_one_line() -> None:
    cells = (Block(kind="cell", words="green"), Block(kind="cell", blocks=(paragraph("80 C"),)))
    assert prose((Block(kind="table", blocks=(Block(kind="row", blocks=cells),)),), 40) == [
        "green | 80 C"
    ]


def test_a_term_comes_before_its_indented_meaning() -> None:
    entries = (Block(kind="term", words="HOT"), Block(kind="meaning", words="Over 80 C."))
    lines = prose((paragraph("One of:"), Block(kind="terms", blocks=entries)), 40)
    assert lines == ["One of:", "", "· HOT", "    Over 80 C."]


def test_nested_lists_are_indented_and_have_their_own_numbers() -> None:
    inner = Block(kind="list", blocks=(Block(kind="item", words="two"),))
    items = (Block(kind="item", words="one", blocks=(inner,)), Block(kind="item", words="three"))
    assert prose((Block(kind="list", detail="1", blocks=items),), 40) == [
        "  1. one",
        "    - two",
        "  2. three",
    ]


def test_lines_fit_the_width_and_continue_indented() -> None:
    item = Block(kind="item", words="green tea is drunk without milk")
    lines = prose((Block(kind="list", blocks=(item,)),), 22)
    assert lines == ["  - green tea is drunk", "    without milk"]


def test_a_listing_keeps_its_spaces_and_lines() -> None:
    listing = Block(kind="preformatted", words="tea {\n    hot\n}")
    assert prose((paragraph("So:"), listing), 10) == ["So:", "", "tea {", "    hot", "}"]


def test_a_picture_is_its_alternative_text_and_a_formula_its_text() -> None:
    picture = Block(kind="picture", detail="/figures/tea.svg", words="A cup")
    formula = Block(kind="formula", detail="<math><mi>a</mi></math>", words="a = b")
    assert prose((picture, formula), 40) == ["[Picture: A cup]", "", "a = b"]


def test_items_begin_with_roman_numbers() -> None:
    items = tuple(Block(kind="item", words=word) for word in ("a", "b", "c", "d"))
    lines = prose((Block(kind="list", detail="i", blocks=items),), 40)
    assert lines == ["  i. a", "  ii. b", "  iii. c", "  iv. d"]
