"""The store: made whole or not at all, and made anew when it has to be."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from octome.errors import StoreUnavailable
from octome.files import unnamed_file
from octome.standard.library import open_library
from octome.standard.sources.catalogue import store_key
from octome.standard.store import open_store, remove_unused, what_is_wrong


@pytest.fixture
def copy(store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(store, tmp_path / "standard.sqlite"))


def test_size_is_under_25_mb(store: Path) -> None:
    assert store.stat().st_size < 25e6


def test_two_processes_at_once_make_one_whole_store(tmp_path: Path) -> None:
    path = tmp_path / "standard.sqlite"
    code = (
        "import sys, pathlib; from octome.standard.library import open_library\n"
        "with open_library(pathlib.Path(sys.argv[1])) as l: print(len(l.ciods()))"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [process.communicate(timeout=120)[0].strip() for process in processes] == [
        b"175",
        b"175",
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["standard.sqlite"]
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_cut_short_store_is_made_anew_with_one_line(copy: Path) -> None:
    with copy.open("r+b") as file:
        file.truncate(1_000_000)
    said: list[str] = []
    open_store(copy, say=said.append).close()
    assert len(said) == 1
    assert "damaged" in said[0]
    assert what_is_wrong(copy, store_key()) is None


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 50])
def test_what_is_no_store_is_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "standard.sqlite"
    path.write_bytes(content)
    assert "damaged" in (what_is_wrong(path, store_key()) or "")


def test_outdated_store_says_so(copy: Path) -> None:
    assert what_is_wrong(copy, "highdicom=9 compiler=x") == f"the store at {copy} is outdated"


def test_damage_inside_is_mended_when_it_is_met(copy: Path) -> None:
    said: list[str] = []
    size = copy.stat().st_size
    with copy.open("r+b") as file:  # the header and the key stay as they are
        file.seek(200_000)
        file.write(b"\xff" * (size - 400_000))
    library = open_library(copy, say=said.append)
    assert said == []
    assert len(library.ciods()) == 175
    library.at("/ciods/ct-image/image-pixel/00280010")
    library.close()
    assert len(said) == 1
    assert "damaged" in said[0]


def test_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="cannot write the Standard to"):
        open_store(tmp_path / "file" / "standard.sqlite")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_what_nobody_uses_is_removed_and_the_rest_stays(tmp_path: Path) -> None:
    month, day = 31 * 86_400, 2 * 86_400
    for name, age in (
        ("standard-old.sqlite", month),
        ("standard-other.sqlite", day),
        (".standard-x.sqlite.0.part", 0),
        ("standard-x.sqlite", month),
    ):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    with unnamed_file(tmp_path, "standard-x.sqlite") as being_written:
        remove_unused(tmp_path / "standard-x.sqlite")
        assert sorted(file.name for file in tmp_path.iterdir()) == [
            being_written.path.name,
            "standard-other.sqlite",
            "standard-x.sqlite",
        ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_store_that_may_not_be_read_is_one_clear_error(copy: Path) -> None:
    copy.chmod(0)
    with pytest.raises(StoreUnavailable, match="cannot read the Standard at"):
        open_store(copy)


def test_folder_in_place_of_the_store_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "standard.sqlite").mkdir()
    with pytest.raises(StoreUnavailable, match="cannot read the Standard at"):
        open_store(tmp_path / "standard.sqlite")


def test_interrupted_compilation_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(_step: str, share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_store(tmp_path / "standard.sqlite", progress=interrupt)
    assert list(tmp_path.iterdir()) == []
