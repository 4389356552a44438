"""A store of several invented editions of frogs, for the tests of what is found in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_source import InventedSource, facts_edition, registries, whole_edition

from octome.standard.compile.compiler import compile_store

NEWEST_FIRST = ["2020b", "2018a", "2015b"]


@pytest.fixture(scope="session")
def newest_first() -> list[str]:
    return NEWEST_FIRST


@pytest.fixture(scope="session")
def frogs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("frogs") / "s.sqlite"
    facts = InventedSource(
        editions=(
            whole_edition("2015b", "frog"),
            facts_edition("2018a"),
            whole_edition("2020b"),
        )
    )
    # Whole editions and registries of one name come from two sources.
    registry = InventedSource(name="registry", editions=(registries("2020b"),))
    compile_store(path, "key", sources=(facts, registry))
    db = sqlite3.connect(path)
    yield db
    db.close()
