from pathlib import Path

from made_part import made_part
from made_tables import table
from synthetic_part16 import DEFINED, chapter, words_row

from octome.standard.sources.docbook.code_definitions import read_code_definitions
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import CodeDefinition, Passage

FROG = words_row("199\u200b001", "Frog\u00a0king", "It sits.", "It is green.")
STRAY = '<td colspan="4"><para>Frogs of the pond</para></td>'


def read(folder: Path, *rows: str, label: str = "D") -> tuple[list[CodeDefinition], list[str]]:
    body = table("D-1", "Codes (Coding Scheme Designator \u201c99POND\u201d)", DEFINED, rows)
    part = made_part(folder, chapter(label, "Codes", body), 16, "DICOM PS3.16 2099a - Frogs")
    found = read_code_definitions(part, Reading(part))
    return list(found), [problem.words for problem in part.problems]


def test_row_has_its_scheme_value_meaning_and_texts(tmp_path: Path) -> None:
    (found,), problems = read(tmp_path, FROG)
    assert found[:3] == ("99POND", "199001", "Frog king")
    assert isinstance(found.definition, Passage)
    assert isinstance(found.notes, Passage)
    assert found.definition.blocks[0].words == "It sits."
    assert found.url.endswith("/part16/chapter_D.html#table_D-1")
    assert problems == []


def test_row_without_code_and_second_definition_are_problems(tmp_path: Path) -> None:
    found, problems = read(tmp_path, FROG, STRAY, FROG)
    assert len(found) == 1
    assert problems == [
        "a row without code: Frogs of the pond",
        "a second definition: 99POND 199001",
    ]


def test_table_of_another_annex_defines_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, FROG, label="E") == ([], [])
