"""Pages as plain data."""

from __future__ import annotations

import json

from octome.standard.block import Block
from octome.standard.json_data import page_data
from octome.standard.library import Library
from octome.standard.model.page import Link
from octome.standard.model.section import SectionPage, SectionText
from octome.standard.model.text import Text


def test_values_inside_a_page_become_lists_and_dictionaries() -> None:
    text = Text((Block(kind="paragraph", words="A frog & a toad."),), "2020b")
    page = SectionPage(
        path="/sections/Z.1",
        edition="2026b",
        title="Frogs",
        section=SectionText(
            number="Z.1", title="Frogs", path="/sections/Z.1", text=text, standard_url="https://z"
        ),
        template=None,
        history=None,
        cited_by=(),
        above=(Link("/sections/Z", "Z Animals"),),
        before=None,
        after=None,
        below=(),
    )
    assert page_data(page) == {
        "page": "SectionPage",
        "path": "/sections/Z.1",
        "edition": "2026b",
        "title": "Frogs",
        "section": {
            "number": "Z.1",
            "title": "Frogs",
            "path": "/sections/Z.1",
            "text": {"html": "<p>A frog &amp; a toad.</p>", "edition": "2020b", "place": None},
            "standard_url": "https://z",
        },
        "template": None,
        "history": None,
        "cited_by": [],
        "above": [{"path": "/sections/Z", "title": "Z Animals"}],
        "before": None,
        "after": None,
        "below": [],
    }


def test_data_of_a_page_is_json_and_names_its_edition(library: Library) -> None:
    data = page_data(library.at("/ciods/ct-image", "2020b"))
    assert json.loads(json.dumps(data)) == data
    assert (data["page"], data["edition"]) == ("CiodPage", "2020b")
