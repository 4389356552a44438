"""Formulas: what is kept of them, and their words."""

from __future__ import annotations

import pytest

from octome.standard.mathml import linear_words, sanitised_mathml

NAMESPACE = "http://www.w3.org/1998/Math/MathML"


@pytest.mark.parametrize(
    ("inside", "written", "words"),
    [
        ("<mi>a</mi><mo>=</mo><mn>2</mn>", "<mi>a</mi><mo>=</mo><mn>2</mn>", "a = 2"),
        (
            "<msub><mi>a</mi><mn>1</mn></msub>",
            "<msub><mi>a</mi><mn>1</mn></msub>",
            "a_1",
        ),
        (
            '<mfenced open="[" close="]" separators=";"><mi>a</mi><mi>b</mi></mfenced>',
            "<mrow><mo>[</mo><mi>a</mi><mo>;</mo><mi>b</mi><mo>]</mo></mrow>",
            "[a; b]",
        ),
        (
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable>",
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable>",
            "[a, b]",
        ),
        (
            "<semantics><mi>a</mi><annotation>words</annotation></semantics>",
            "<mrow><mi>a</mi></mrow>",
            "a",
        ),
        ('<mi mathvariant="normal" id="x">&lt;</mi>', '<mi mathvariant="normal">&lt;</mi>', "<"),
        ("<msqrt><mi>a</mi></msqrt>", "<msqrt><mi>a</mi></msqrt>", "\u221a(a)"),
    ],
)
def test_a_formula_keeps_what_has_a_meaning(inside: str, written: str, words: str) -> None:
    source = f'<math xmlns="{NAMESPACE}">{inside}</math>'
    assert sanitised_mathml(source) == f"<math>{written}</math>"
    assert linear_words(sanitised_mathml(source)) == words.replace("[a; b]", "[ a ; b ]")


def test_cleaning_twice_changes_nothing() -> None:
    once = sanitised_mathml("<math><mfenced><mi>a</mi><mi>b&lt;</mi></mfenced></math>")
    assert sanitised_mathml(once) == once


@pytest.mark.parametrize(
    "source", ["", "a", "<math", "<svg/>", "<math>" * 5000, "<!DOCTYPE x><math/>"]
)
def test_text_that_is_not_a_formula_gives_nothing(source: str) -> None:
    assert sanitised_mathml(source) == linear_words(source) == ""


def test_a_formula_without_end_is_cut() -> None:
    deep = "<math>" + "<mrow>" * 900 + "<mi>a</mi>" + "</mrow>" * 900 + "</math>"
    assert len(sanitised_mathml(deep)) < 2000
