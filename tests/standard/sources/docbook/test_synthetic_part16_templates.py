"""A part 16 made of flat facts, compiled: the edition gives back every row of every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from invented_source import compiled
from synthetic_part16_templates import CODE, Part16, template_facts

from octome.standard.block import words_of
from octome.standard.edition_folder import EditionFolder, edition_folders
from octome.standard.model.template import TemplatePage, TemplateRow
from octome.standard.model.text import Text
from octome.standard.sources.docbook.source import source_of
from octome.standard.sync import sync

FACTS = Path(__file__).parents[5] / "shared" / "data" / "standard" / "facts" / "templates-2016.tsv"
REFERENCE = re.compile(r"(?<=\b[BD])[CT]ID \w+ “[^”]*”")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FACTS.exists(), reason="needs the facts of templates of 2016"),
]


@pytest.fixture(scope="module")
def made() -> Part16:
    return Part16(template_facts(FACTS))


@pytest.fixture(scope="module")
def pages(made: Part16, tmp_path_factory: pytest.TempPathFactory) -> dict[str, TemplatePage]:
    folder = tmp_path_factory.mktemp("part16")
    (folder / "part16.xml").write_bytes(made.xml("2016c"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        sync("2016c", str(folder), parts=[16])
        (fetched,) = edition_folders()
        with compiled(folder / "store.sqlite", source_of(EditionFolder(fetched.path))) as library:
            return {tid: library.template(tid) for tid in made.tids}


def words(text: Text | None) -> str:
    """The words of a cell without what references print."""
    return REFERENCE.sub("", words_of(text.blocks)) if text else ""


def flat(row: TemplateRow) -> dict[str, str]:
    return {
        "row": row.number,
        "nesting": ">" * row.depth,
        "relationship": f"{'R-' if row.is_by_reference else ''}{row.relationship}",
        "value_type": row.value_type,
        "concept": words(row.concept),
        "vm": row.vm,
        "requirement": row.requirement,
        "condition": words(row.condition),
        "value_set": words(row.value_set),
    }


def test_every_row_of_every_template_is_there(pages: dict[str, TemplatePage], made: Part16) -> None:
    rows = 0
    for tid in made.tids:
        expected = [
            {name: value for name, value in row.items() if name != "tid"}
            | {"relationship": row["relationship"].replace("R- ", "R-")}
            for row in made.tables[tid]
        ]
        assert list(map(flat, pages[tid].rows)) == expected, tid
        rows += len(expected)
    assert (len(made.tids), rows) == (331, 3_260)


def test_every_include_leads_to_its_template_and_back(
    pages: dict[str, TemplatePage], made: Part16
) -> None:
    including: dict[str, set[str]] = {}
    for (tid, at), included in made.included.items():
        link = pages[tid].rows[at].included
        assert link is not None
        assert link.path == f"/templates/{included}"
        including.setdefault(included, set()).add(f"/templates/{tid}")
    assert len(made.included) > 900
    for tid in including:
        # Some of 2016 are named in words.
        assert {link.path for link in pages[tid].included_by} >= including[tid]


def test_every_group_and_code_is_named_by_its_line(
    pages: dict[str, TemplatePage], made: Part16
) -> None:
    groups = codes = 0
    for tid in made.tids:
        for at, row in enumerate(pages[tid].rows):
            lines = (*row.concept_lines, *row.value_set_lines)
            found = [int(group.cid) for line in lines for group in line.groups]
            # Some of 2016 are named in words.
            lost = made.groups.get((tid, at), [])
            assert [cid for cid in found if cid in lost] == lost, (tid, at)
            groups += len(lost)
            fact = made.tables[tid][at]
            expected = CODE.findall(f"{fact['concept']} {fact['value_set']}")
            named = [(code.value, code.scheme) for line in lines for code in line.codes]
            assert set(expected) <= set(named), (tid, at)
            codes += len(expected)
    assert (groups > 900, codes > 2_500) == (True, True)
