"""The facts of an edition: all of them come back, and no sentence does."""

from __future__ import annotations

import gzip
import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from octome.errors import StoreUnavailable
from octome.standard.block import Block
from octome.standard.edition_archive import add_edition, export_facts
from octome.standard.edition_folder import EditionFolder, edition_folders
from octome.standard.edition_manifest import KeptEdition
from octome.standard.sources.docbook.source import source_of
from octome.standard.sources.facts import facts_of
from octome.standard.sources.records import (
    CiodRecord,
    Code,
    CodeDefinition,
    ContextGroupRecord,
    EditionRecords,
    Fragment,
    Include,
    IncludedGroup,
    Passage,
    Problem,
    ProtectedAttribute,
    Row,
    SectionRecord,
    Table,
    TemplateParameter,
    TemplateRecord,
    TemplateRow,
    Term,
    Uid,
    Use,
)
from octome.standard.sync import sync

SENTENCE = "The frog shall sit in the green pond until evening."
TEXT = Passage((Block(kind="paragraph", words=SENTENCE),))
BOUND = Passage((Block(kind="paragraph", words="DCID 7"),))
LIMITED = Passage((Block(kind="paragraph", words="DCID 7, unless the pond is green."),))
CODED = Passage((Block(kind="paragraph", words='UNITS = EV (mm, UCUM, "mm")'),))
RECORDS = EditionRecords(
    edition="2024a",
    source="pond",
    dictionary="2024a",
    note=SENTENCE,
    ciods=[CiodRecord("frog", "Frog", TEXT, "http://pond")],
    module_uses=[Use("frog", "legs", "C", "Frog", TEXT)],
    macro_uses=[Use("frog", "pond", "M", None, SENTENCE)],
    modules=[
        Table(
            "legs",
            "Legs",
            [
                Row(0, "00990001", "1C", TEXT, "Leg"),
                Include(1, "pond", TEXT),
                Include(1, "pond", Passage((*BOUND.blocks, *TEXT.blocks))),
                Include(1, "pond", LIMITED),
            ],
            Fragment(SENTENCE),
        )
    ],
    macros=[Table("pond", "Pond", [Row(0, "00990002", None)])],
    terms=[Term("00990001", "Leg", "Leg", "US", "1", False)],
    sop_classes={"1.2.3": "frog"},
    section_records=[
        SectionRecord(
            part=3, anchor="a", label="A", title="Frogs", depth=0, text=TEXT, url="http://pond"
        )
    ],
    uids=[Uid("1.2.3", "Frog Storage", "SOP Class", SENTENCE, "FrogStorage", False)],
    context_groups=[
        ContextGroupRecord(
            cid=7,
            name="Frogs",
            keyword="Frogs",
            entries=(Code("99F", "1", "Toad"), IncludedGroup(8)),
            uid="1.2",
            version="20240101",
            is_extensible=True,
            text=TEXT,
        )
    ],
    templates=[
        TemplateRecord(
            tid="9B",
            name="Frog",
            is_root=True,
            text=TEXT,
            parameters=(TemplateParameter("$Leg", TEXT),),
            rows=(
                TemplateRow(
                    number="1b",
                    depth=2,
                    relationship="CONTAINS",
                    value_type="NUM",
                    concept=CODED,
                    vm="1-n",
                    requirement="MC",
                    condition=TEXT,
                    value_set=Passage((*CODED.blocks, *TEXT.blocks)),
                    included="",
                ),
            ),
        )
    ],
    code_definitions=[CodeDefinition("DCM", "199001", "Toad king", TEXT, TEXT, "http://pond")],
    protected_attributes=[
        ProtectedAttribute("00990001", "Leg", False, True, (("Basic Profile", "X"),))
    ],
    problems=[Problem(3, "a", SENTENCE)],
)


@pytest.fixture
def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = EditionFolder(tmp_path / "2024a")
    folder.write(KeptEdition(edition="2024a", origin="/home/frog", date="2026-01-31"))
    export_facts(folder, RECORDS, tmp_path / "facts.tar.gz")
    return tmp_path / "facts.tar.gz"


def test_no_sentence_and_no_folder_of_this_machine_is_in_the_file(exported: Path) -> None:
    with tarfile.open(exported) as archive:
        contents = [archive.extractfile(entry).read() for entry in archive]  # type: ignore[union-attr]
    plain = [gzip.decompress(each) if each[:2] == b"\x1f\x8b" else each for each in contents]
    assert len(plain) == 6
    for words in (b"frog shall", b"until evening", b"/home/frog"):
        assert not any(words in each for each in plain)


def test_all_facts_come_back(exported: Path) -> None:
    add_edition(exported)
    source = source_of(edition_folders()[0])
    assert "text" not in source.contents()["2024a"]
    back = source.read("2024a")
    assert list(back.modules) == [
        Table(
            "legs",
            "Legs",
            [
                Row(0, "00990001", "1C", None, "Leg"),
                Include(1, "pond"),
                Include(1, "pond", BOUND),
                Include(1, "pond"),
            ],
        )
    ]
    assert back.module_uses == [Use("frog", "legs", "C", "Frog")]
    assert back.macro_uses == [Use("frog", "pond", "M")]
    assert back.context_groups == [replace(RECORDS.context_groups[0], text=None)]
    (template,) = RECORDS.templates
    assert back.templates == [
        replace(
            template,
            text=None,
            parameters=(TemplateParameter("$Leg"),),
            rows=(replace(template.rows[0], condition=None, value_set=CODED),),
        )
    ]
    assert back.code_definitions == [CodeDefinition("DCM", "199001", "Toad king")]
    for name in ("terms", "sop_classes", "protected_attributes"):
        assert getattr(back, name) == getattr(RECORDS, name)
    assert [uid.uid for uid in back.uids] == ["1.2.3"]


def test_facts_of_another_shape_are_one_error(exported: Path) -> None:
    manifest = add_edition(exported)
    folder = EditionFolder(synced_folder(manifest.edition))
    kept = folder.keep("facts.json.gz", gzip.compress(b"[]"))
    folder.write(replace(folder.manifest, parts={"facts": kept}))
    with pytest.raises(StoreUnavailable, match="facts cannot be read"):
        source_of(edition_folders()[0]).read("2024a")


def synced_folder(edition: str) -> Path:
    from octome.standard.edition_folder import editions_folder

    return editions_folder() / edition


@pytest.mark.shared
def test_no_string_of_a_real_edition_is_as_long_as_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Path(__file__).parents[4] / "shared" / "data" / "docbook-excerpt"
    if not files.is_dir():
        pytest.skip("the shared data is not here")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    sync("2016c", str(files), parts=[3, 4, 6])
    records = source_of(edition_folders()[0]).read("2016c")
    for packed in facts_of(records).values():
        strings = re.findall(r'"((?:[^"\\]|\\.)*)"', gzip.decompress(packed).decode())
        assert len(strings) > 20
        assert max(len(each.split()) for each in strings) <= 12
