"""Which context groups a text binds codes to. All sentences are invented."""

from __future__ import annotations

import pytest

from octome.standard.block import Block, Span
from octome.standard.code_binding import context_groups
from octome.standard.compile.markup import read_html
from octome.standard.sources.records import Fragment
from octome.standard.stated import ContextGroup


def test_context_groups_are_defined_or_baseline() -> None:
    html = (
        '<p>Defined <a href="/context-groups/4">CID 4 “Leaves”</a>.</p>'
        "<p>Baseline CID 12 “Cups”. BCID 13. DCID 14.</p>"
    )
    assert context_groups(read_html(Fragment(html))) == (
        ContextGroup(4, "defined"),
        ContextGroup(12, "baseline"),
        ContextGroup(13, "baseline"),
        ContextGroup(14, "defined"),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("No Baseline CID is defined.", ContextGroup(None, "none")),
        ("No BCID is defined.", ContextGroup(None, "none")),
        ("No Context Group is specified.", ContextGroup(None, "none")),
        ("Baseline CID is CID 7 “Tea”.", ContextGroup(7, "baseline")),
        ("One Item. DCID 7 “Tea (black)”", ContextGroup(7, "defined")),
        ("Defined CID 7 “Tea”, unless it rains.", ContextGroup(7, "defined", is_always=False)),
        ("For tea pots: DCID 7.", ContextGroup(7, "defined")),
        ("For cups DCID 7.", ContextGroup(7, "defined", is_always=False)),
    ],
)
def test_what_limits_a_context_group_is_seen(words: str, found: ContextGroup) -> None:
    assert context_groups((Block(kind="paragraph", words=words),)) == (found,)


def test_a_context_group_that_is_only_mentioned_binds_nothing() -> None:
    link = Span("link", 4, 9, "/context-groups/4")
    assert context_groups((Block(kind="paragraph", words="See CID 4.", spans=(link,)),)) == ()
