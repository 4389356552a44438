"""Functional groups of invented CIODs, as the writer finds them in two kinds of source."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from invented_source import GROUPS, SIZE, InventedSource, facts_edition, whole_edition

from octome.standard.compile.compiler import compile_store
from octome.standard.sources.records import EditionRecords, Row, Table, Use


def groups(tmp_path: Path, *editions: EditionRecords) -> list[tuple[str, str, str | None]]:
    """Each group of the last edition: tag, path of the macro, usage."""
    path = tmp_path / "s.sqlite"
    compile_store(path, "key", sources=[InventedSource(editions=editions)])
    db = sqlite3.connect(path)
    found = db.execute(
        "SELECT group_tag, path, usage FROM use WHERE edition = ? AND group_tag IS NOT NULL",
        [editions[-1].edition],
    ).fetchall()
    db.close()
    return found


def test_macro_of_one_sequence_is_the_group_of_that_sequence(tmp_path: Path) -> None:
    assert groups(tmp_path, whole_edition("2020b")) == [(SIZE, "/macros/frog-size", "C")]


def test_macro_of_several_attributes_is_the_sequence_that_has_its_name(tmp_path: Path) -> None:
    edition = whole_edition("2020b")
    macro = replace_rows(edition.macros[0], Row(0, "00990001", "1"), Row(0, "00990002", "1"))
    assert groups(tmp_path, replace(edition, macros=[macro]))[0][0] == SIZE


def test_macro_without_attributes_is_the_sequence_that_has_its_name(tmp_path: Path) -> None:
    edition = whole_edition("2020b")
    assert groups(tmp_path, replace(edition, macros=[replace_rows(edition.macros[0])]))[0] == (
        SIZE,
        "/macros/frog-size",
        "C",
    )


def test_group_written_out_has_the_macro_and_usage_of_the_fallback(tmp_path: Path) -> None:
    found = groups(tmp_path, whole_edition("2020b"), facts_edition("2026b"))
    assert found == [(SIZE, "/macros/frog-size", "C")]


def test_group_written_out_is_known_by_its_tag_alone_where_no_edition_has_its_macro(
    tmp_path: Path,
) -> None:
    assert groups(tmp_path, facts_edition("2013")) == [(SIZE, "", None)]


def test_groups_of_a_ciod_that_does_not_use_their_table_are_found_by_its_name(
    tmp_path: Path,
) -> None:
    edition = facts_edition("2013")
    unused = [use for use in edition.module_uses if not use.table.endswith(GROUPS)]
    assert groups(tmp_path, replace(edition, module_uses=unused)) == [(SIZE, "", None)]


def test_use_of_a_table_that_the_source_lacks_is_kept(tmp_path: Path) -> None:
    edition = facts_edition("2013")
    uses = [*edition.module_uses, Use("frog-image", "lost", "M", "Frog")]
    assert groups(tmp_path, replace(edition, module_uses=uses)) == [(SIZE, "", None)]


def replace_rows(table: Table, *rows: Row) -> Table:
    return table._replace(rows=rows)
