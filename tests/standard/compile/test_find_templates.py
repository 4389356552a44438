"""What of a template a search finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_source import InventedSource
from invented_templates import with_templates

from octome.standard.compile.compiler import compile_store
from octome.standard.compile.find_templates import templates


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    compile_store(
        tmp_path / "s.sqlite", "key", sources=[InventedSource(editions=(with_templates(),))]
    )
    db = sqlite3.connect(tmp_path / "s.sqlite")
    yield db
    db.close()


def test_template_is_found_by_number_name_and_concepts(db: sqlite3.Connection) -> None:
    texts = {number: f"text{number}" for (number,) in db.execute("SELECT id FROM text")}
    found = {doc.path: doc for doc in templates(db, texts, ["2020b"])}
    frog, tea = found["/templates/9"], found["/templates/10B"]
    assert (frog.title, frog.detail, frog.keys) == ("Frog", "TID 9, 4 rows", ("tid:9",))
    assert tea.keys == ("tid:10b",)
    # Its description and the concepts of its four rows.
    assert len(frog.body.split()) == len(frog.texts) == 5
