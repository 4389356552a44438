"""The store: compiled whole or not at all, and compiled again when it has to be."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from invented_source import InventedSource, whole_edition
from platformdirs import user_cache_path

from octome.errors import StoreUnavailable
from octome.files import unnamed_file
from octome.standard.checksum import is_whole, write_checksum
from octome.standard.store import cache_folder, open_store, remove_unused, what_is_wrong
from octome.standard.store_key import store_key
from soak import amount


@pytest.fixture
def copy(store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(store, tmp_path / "standard.sqlite"))


def test_size_is_under_25_mb(store: Path) -> None:
    assert store.stat().st_size < 25e6


OPEN = """
import os, pathlib, signal, sys, time
from invented_source import InventedSource, whole_edition
from octome.standard.store import open_store
from octome.standard.sources.listed import SOURCES

path, begun, killed_at = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), float(sys.argv[3])
is_whole = sys.argv[4] == "True"
sources = SOURCES if is_whole else [InventedSource(editions=(whole_edition("2013"),))]

def progress(step, share):
    if share >= killed_at:
        os.kill(os.getpid(), signal.SIGKILL)
    # Neither continues before the other has started.
    (begun / str(os.getpid())).touch()
    while killed_at > 1 and len(list(begun.iterdir())) < 3:
        time.sleep(0.01)

with open_store(path, sources=sources, progress=progress) as db:
    print(*db.execute("SELECT count(*) FROM ciod").fetchone())
"""
SMALL = [InventedSource(editions=(whole_edition("2013"),))]


def opening(path: Path, killed_at: float = 2.0) -> subprocess.Popen[bytes]:
    """A process that opens a store, and is killed when a share of its compilation is done.

    Of the packaged editions in `make soak`, else of an invented one.
    """
    begun = path.parents[1] / "begun"
    words = [str(path), str(begun), str(killed_at), str(amount(False, whole=True))]
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, *words],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


@pytest.mark.skipif(os.name != "posix", reason="killed by a signal")
def test_two_processes_after_a_killed_one_make_one_whole_store(tmp_path: Path) -> None:
    path = tmp_path / "store" / "standard.sqlite"
    (tmp_path / "begun").mkdir()
    opening(path, killed_at=0.3).communicate(timeout=120)
    assert [file.suffix for file in path.parent.iterdir()] == [".part"]

    both = [opening(path), opening(path)]
    ciods = {process.communicate(timeout=180)[0].strip() for process in both}
    assert ciods == {amount(b"1", whole=b"318")}
    assert [process.returncode for process in both] == [0, 0]
    assert [file.name for file in path.parent.iterdir()] == ["standard.sqlite"]
    assert is_whole(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_cut_short_store_is_compiled_again_with_one_line(tmp_path: Path) -> None:
    path = tmp_path / "standard.sqlite"
    open_store(path, sources=SMALL).close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    lines: list[str] = []
    open_store(path, sources=SMALL, notify=lines.append).close()
    assert lines == [f"Compiling the DICOM Standard: the store at {path} is damaged."]
    assert what_is_wrong(path, store_key(SMALL)) is None


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 50])
def test_what_is_not_a_store_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "standard.sqlite"
    path.write_bytes(content)
    assert what_is_wrong(path, store_key()) == f"the store at {path} is damaged"


def test_store_without_one_of_its_tables_is_damaged(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db:
        db.execute("DROP TABLE section")
        db.commit()
    assert what_is_wrong(copy, store_key()) == f"the store at {copy} is damaged"


def test_outdated_store_is_named_so(copy: Path) -> None:
    assert what_is_wrong(copy, "highdicom=9 compiler=x") == f"the store at {copy} is outdated"


def test_whole_store_without_a_key_is_outdated(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db:
        db.execute("DROP TABLE meta")
        db.commit()
    with copy.open("r+b") as file:
        write_checksum(file)
    assert what_is_wrong(copy, store_key()) == f"the store at {copy} is outdated"


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


@pytest.mark.skipif(os.name != "posix", reason="no such files on this system")
@pytest.mark.parametrize("kind", ["folder", "FIFO", "device", "socket"])
def test_what_is_not_a_file_is_one_clear_error_and_stays(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "standard.sqlite"
    with socket.socket(socket.AF_UNIX) as listener:
        if kind == "folder":
            path.mkdir()
        elif kind == "FIFO":
            os.mkfifo(path)
        elif kind == "device":
            path.symlink_to("/dev/zero")
        else:
            listener.bind(str(path))
        mode = path.lstat().st_mode
        with pytest.raises(StoreUnavailable, match=r"cannot read the Standard at .*not a file"):
            open_store(path)
    assert path.lstat().st_mode == mode


def test_interrupted_compilation_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(_step: str, share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_store(tmp_path / "standard.sqlite", sources=SMALL, progress=interrupt)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [None, "", "/tmp/frogs"])
def test_cache_folder_is_that_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    if given is None:
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert cache_folder() == user_cache_path("octome", appauthor=False)
