"""Editions from a folder: what they are named, what is new in them, and what a refusal leaves."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from official_site import PICTURE, book

from octome.errors import SyncFailed
from octome.standard.edition_folder import editions_folder, kept_edition
from octome.standard.edition_lock import locked_editions
from octome.standard.sync import Synced, sync

PARTS = (3, 5, 6)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "pond.svg").write_bytes(PICTURE)
    publish(tmp_path, *["2024a"] * 3)
    return tmp_path


def publish(folder: Path, *editions: str, words: str = "Green tea.") -> None:
    for number, edition in zip(PARTS, editions, strict=True):
        (folder / f"part{number:02}.xml").write_bytes(book(number, edition, words))


def synced(folder: Path, edition: str = "2024a") -> Synced:
    return sync(edition, str(folder), parts=PARTS)


def left() -> list[str]:
    return sorted(path.name for path in editions_folder().iterdir())


@pytest.mark.parametrize("requested", ["2024z", "2013", "2024"])
def test_files_of_another_edition_are_refused_and_leave_nothing(
    folder: Path, requested: str
) -> None:
    with pytest.raises(SyncFailed, match=rf"has edition 2024a, not {requested}: .* parts 3, 5, 6"):
        synced(folder, requested)
    assert left() == [".lock"]


@pytest.mark.parametrize("requested", ["2024a", "current"])
def test_most_parts_name_the_edition(folder: Path, requested: str) -> None:
    publish(folder, "2021b", "2024a", "2024a")
    done = synced(folder, requested)
    assert (done.edition, done.problems) == (
        "2024a",
        ("part 3 states that it is of edition 2021b",),
    )


def test_the_same_files_are_up_to_date(folder: Path) -> None:
    assert synced(folder).is_new
    before = kept_edition("2024a").fingerprint()
    written = (kept_edition("2024a").path / "edition.json").stat().st_mtime_ns
    assert not synced(folder).is_new
    assert not synced(folder, "current").is_new
    assert kept_edition("2024a").fingerprint() == before
    assert (kept_edition("2024a").path / "edition.json").stat().st_mtime_ns == written


def test_the_same_files_in_another_folder_are_up_to_date(folder: Path, tmp_path: Path) -> None:
    synced(folder)
    before = kept_edition("2024a").fingerprint()
    other = tmp_path / "other"
    other.mkdir()
    publish(other, *["2024a"] * 3)
    assert not synced(other).is_new
    assert kept_edition("2024a").fingerprint() == before
    assert kept_edition("2024a").manifest.parts["3"].url == str(other / "part03.xml")


def test_a_picture_that_comes_later_is_new(folder: Path) -> None:
    (folder / "figures" / "pond.svg").unlink()
    assert len(synced(folder).problems) == 3
    assert not synced(folder).is_new
    (folder / "figures" / "pond.svg").write_bytes(PICTURE)
    done = synced(folder)
    assert (done.is_new, done.figures, done.problems) == (True, 3, ())


def test_a_newer_edition_in_the_place_of_current_comes_whole(folder: Path) -> None:
    assert synced(folder, "current").edition == "2024a"
    publish(folder, *["2024b"] * 3)
    done = synced(folder, "current")
    assert (done.edition, done.is_new, done.parts) == ("2024b", True, ("3", "5", "6"))
    assert set(left()) >= {"2024a", "2024b"}
    assert not synced(folder, "current").is_new


def test_a_part_of_another_edition_does_not_replace_the_one_that_is_here(folder: Path) -> None:
    synced(folder)
    publish(folder, "2024b", "2024a", "2024a")
    done = synced(folder)
    assert (done.is_new, done.problems) == (
        True,
        ("part 3 states that it is of edition 2024b: the one that was here stays",),
    )
    assert not synced(folder).is_new


def test_parts_that_are_not_there_are_named(folder: Path) -> None:
    done = sync("2024a", str(folder), parts=[3, 6, 9, 12, 13, 20])
    assert done.missing == (12, 20)
    (folder / "part12.xml").write_bytes(book(12, "2024a"))
    done = sync("2024a", str(folder), parts=[12, 20])
    assert (done.missing, done.problems) == ((20,), ("not in the source: part 20",))


def test_a_folder_that_cannot_be_written_is_one_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "file"))
    with pytest.raises(SyncFailed, match=r"cannot keep editions in .*file.*XDG_DATA_HOME"):
        synced(folder)


def test_a_full_disk_is_one_line_and_leaves_the_old_edition(folder: Path) -> None:
    synced(folder)
    before = kept_edition("2024a").fingerprint()
    publish(folder, *["2024a"] * 3, words="".join(f"Tea {n}. " for n in range(20_000)))
    command = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "from octome.cli.main import main; main(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", command, "sync", "2024a", "--from", folder, "--parts", "3,5,6"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot keep editions in" in done.stderr
    assert kept_edition("2024a").fingerprint() == before
    assert len(list(editions_folder().glob("2024a/part*"))) == 3


def test_waiting_for_another_octome_is_said(folder: Path) -> None:
    lines: list[str] = []
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with locked_editions():
            inside.set()
            leave.wait(30)

    other = threading.Thread(target=hold)
    other.start()
    inside.wait(30)
    waiting = threading.Thread(target=lambda: sync("2024a", str(folder), notify=lines.append))
    waiting.start()
    deadline = time.monotonic() + 30
    while not lines and time.monotonic() < deadline:
        time.sleep(0.01)
    leave.set()
    other.join()
    waiting.join()
    assert lines == ["waiting for another octome that fetches or adds an edition"]
    assert kept_edition("2024a")


def test_a_file_system_without_locks_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(_descriptor: int, _operation: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    lines: list[str] = []
    assert sync("2024a", str(folder), parts=PARTS, notify=lines.append).is_new
    assert len(lines) == 1
    assert "No locks available" in lines[0]


def test_what_a_killed_process_left_goes_at_the_next_sync(folder: Path) -> None:
    left_over = editions_folder() / "2023a"
    left_over.mkdir(parents=True)
    (left_over / "part03-0123456789ab.xml.gz").write_bytes(b"frog")
    (editions_folder() / ".fetching" / "0123").mkdir(parents=True)
    synced(folder)
    assert left() == [".lock", "2024a"]


@pytest.mark.parametrize("origin", ["", "file:///pond", "ftp://pond/frogs", "https://"])
def test_a_wrong_origin_is_an_error_at_once(
    folder: Path, origin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(SyncFailed, match="--from"):
        sync("2024a", origin)


def test_less_than_the_packaged_edition_is_refused_and_leaves_nothing(folder: Path) -> None:
    publish(folder, *["2020b"] * 3)
    with pytest.raises(SyncFailed, match=r"2020b comes with octome, with CIODs, .* --replace uses"):
        sync("2020b", str(folder), parts=[5])
    assert left() == [".lock"]
    assert sync("2020b", str(folder), parts=[5], replaces=True).is_new
    assert kept_edition("2020b").manifest.parts.keys() == {"5"}


def test_all_that_the_packaged_edition_has_replaces_it(folder: Path) -> None:
    publish(folder, *["2020b"] * 3)
    assert synced(folder, "2020b").is_new
