"""A part 16 of print size, made from the facts of 2026b: all of them come back, compiled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pond_edition import TERMS, part3
from synthetic_part16 import definitions_of, groups_of, synthetic_part16
from synthetic_registers import synthetic_part6

from octome.standard.library import Library, open_library
from octome.standard.sources.docbook.context_groups import read_context_groups
from octome.standard.sources.docbook.part import parse_part
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Code, ContextGroupRecord
from octome.standard.sync import sync

FACTS = Path(__file__).parents[5] / "shared" / "data" / "standard" / "facts"
EDITION = "2099a"

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def known() -> list[ContextGroupRecord]:
    if not FACTS.is_dir():
        pytest.skip("the shared data is not here")
    return groups_of(FACTS)


@pytest.fixture(scope="module")
def fetched(
    tmp_path_factory: pytest.TempPathFactory, known: Sequence[ContextGroupRecord]
) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("part16")
    for number, content in (
        (3, part3().encode()),
        (6, synthetic_part6(EDITION, TERMS)),
        (16, synthetic_part16(EDITION, known, definitions_of(FACTS))),
    ):
        (folder / f"part{number:02}.xml").write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        sync(EDITION, origin=str(folder), parts=(3, 6, 16))
        with open_library() as library:
            yield library


def test_every_group_comes_back_from_the_store(
    fetched: Library, known: Sequence[ContextGroupRecord]
) -> None:
    assert len(known) == 1434
    assert [group.cid for group in fetched.context_group_index().groups] == sorted(
        group.cid for group in known
    )
    codes = includes = 0
    for group in known:
        page = fetched.context_group(group.cid)
        assert (page.title, page.uid, page.version) == (group.name, group.uid, group.version)
        # Each line is there in its place: an include before the codes that come after it.
        lines: list[tuple[float, object]] = [
            (at, Code(code.scheme, code.value, code.meaning))
            for at, code in enumerate(page.codes)
            if code.included_from is None
        ]
        lines += [
            (each.before - 0.5 + at / 1000, (each.cid,))
            for at, each in enumerate(page.includes)
            if each.by == group.cid
        ]
        assert [line for _, line in sorted(lines, key=lambda line: line[0])] == list(group.entries)
        codes += sum(isinstance(entry, Code) for entry in group.entries)
        includes += sum(not isinstance(entry, Code) for entry in group.entries)
    assert (codes, includes) == (16_533, 630)


def test_only_the_include_of_an_absent_group_is_not_expanded(fetched: Library) -> None:
    absent = {
        (each.by, each.cid)
        for group in fetched.context_group_index().groups
        for each in fetched.context_group(group.cid).includes
        if each.expansion == "absent"
    }
    assert absent == {(7192, 7163)}


def test_every_definition_comes_back(fetched: Library) -> None:
    for value, meaning, definition, _ in definitions_of(FACTS):
        page = fetched.code("DCM", value)
        assert page.title == meaning
        assert page.definition
        assert " ".join(page.definition.paragraphs) == " ".join(definition.split())


def test_reading_every_group_meets_no_problem_but_an_absent_group(
    tmp_path: Path, known: Sequence[ContextGroupRecord]
) -> None:
    (file := tmp_path / "part16.xml").write_bytes(synthetic_part16(EDITION, known))
    part = parse_part(file)
    assert len(read_context_groups(part, Reading(part))) == len(known)
    # As in test_only_the_include_of_an_absent_group_is_not_expanded.
    assert [(each.anchor, each.words) for each in part.problems] == [
        ("table_CID_7192", "a reference to what is not here: sect_CID_7163")
    ]
