"""Every changed bit of a store is noticed."""

from __future__ import annotations

import random
import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from octome.standard.checksum import is_whole, write_checksum
from soak import amount

FLIPS = amount(48, whole=5000)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE frog (name TEXT)")
        db.commit()
    with path.open("r+b") as file:
        write_checksum(file)
    return path


def flip(path: Path, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def test_header_holds_the_crc_of_all_other_bytes(small: Path) -> None:
    whole = small.read_bytes()
    # SQLite, Database File Format, 1.3: the user version is at offset 60.
    without = whole[:60] + bytes(4) + whole[64:]
    assert int.from_bytes(whole[60:64], "big") == zlib.crc32(without)
    assert is_whole(small)


def test_database_with_a_checksum_is_still_a_database(small: Path) -> None:
    with closing(sqlite3.connect(small)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM frog").fetchone() == (0,)


def test_every_bit_of_a_header_is_noticed(small: Path) -> None:
    for bit in range(800):
        flip(small, bit)
        assert not is_whole(small), bit
        flip(small, bit)
    assert is_whole(small)


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0", b"\0" * 8192])
def test_what_is_not_a_database_is_not_whole(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "x").write_bytes(damage)
    assert not is_whole(tmp_path / "x")


def test_one_changed_bit_anywhere_in_a_store_is_noticed(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(store, tmp_path / "standard.sqlite"))
    bits = 8 * copy.stat().st_size
    chance = random.Random(0)
    assert is_whole(copy)
    for part in range(FLIPS):
        bit = chance.randrange(bits * part // FLIPS, bits * (part + 1) // FLIPS)
        flip(copy, bit)
        assert not is_whole(copy), bit
        flip(copy, bit)
    assert is_whole(copy)
