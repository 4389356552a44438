"""The table of sentences against the text, the checks and the docs."""

from __future__ import annotations

from pathlib import Path

from sentences import EDITION, rows, sentences, shares

from octome.conformance.check.consistency.checks import GENERAL
from octome.conformance.check.consistency.special_checks import GROUPS
from octome.standard.library import Library

DOCS = Path(__file__).parents[2] / "docs" / "reliability.md"
# What checks a sentence and is not a function of one instance's attributes.
ELSEWHERE = {"condition", "cross_instance", "enumerated", "functional_groups", "number of items"}


def test_every_sentence_of_the_text_has_a_class(library: Library) -> None:
    found = {one.digest for one in sentences(library, EDITION)}
    assert found == rows().keys()


def test_a_rule_names_a_check_that_exists() -> None:
    checks = [*GENERAL, *(check for group in GROUPS for check in group.checks())]
    names = {check.__name__ for check in checks} | ELSEWHERE
    for _, place, _, class_, rule in rows().values():
        assert (rule in names) if class_ == "rule" else rule == "", place


def test_the_docs_have_the_shares() -> None:
    words = DOCS.read_text("utf-8")
    for kind, count in shares().items():
        checkable = count["rule"] + count["open"]
        share = f"{count['rule'] / checkable:.0%}".replace("%", " %")
        assert (
            f"| {kind} | {count.total()} | {count['rule']} | {count['open']} | {share} |" in words
        )
