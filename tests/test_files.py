"""Files appear whole, under their name alone, on the disk, and leave nothing behind."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from octome.files import (
    new_file,
    new_folder,
    remove_abandoned,
    replaced_file,
    temporary_folder,
    unnamed_file,
    whole_folder,
)

WRITERS = [new_file, replaced_file]


def refuse_links(_source: object, _target: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def killed_writer(path: Path) -> None:
    """Begin to write a file in another process, which is killed on the way."""
    script = f"""
import os, signal
from pathlib import Path
from octome.files import replaced_file
with replaced_file(Path({str(path)!r})) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False, timeout=300)
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize("has_links", [True, False])
def test_a_new_file_never_takes_a_name_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr("octome.files.os.link", refuse_links)
    with new_file(tmp_path / "name") as file:
        file.write(b"one")
    with pytest.raises(FileExistsError), new_file(tmp_path / "name"):
        pytest.fail("it must not get here")
    assert (tmp_path / "name").read_bytes() == b"one"
    assert names(tmp_path) == ["name"]


def test_a_file_that_takes_the_name_meanwhile_is_not_changed(tmp_path: Path) -> None:
    def write() -> None:
        with new_file(tmp_path / "name") as file:
            file.write(b"mine")
            (tmp_path / "name").write_bytes(b"theirs")

    with pytest.raises(FileExistsError):
        write()
    assert (tmp_path / "name").read_bytes() == b"theirs"
    assert names(tmp_path) == ["name"]


def test_a_link_to_nowhere_counts_as_a_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "name").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError), new_file(tmp_path / "name"):
        pytest.fail("it must not get here")


def test_of_eight_processes_that_create_one_file_one_does(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(8) as pool:
        done = pool.map(create, [(tmp_path / "name", bytes([i]) * 10_000) for i in range(8)])
    (winner,) = [i for i, is_done in enumerate(done) if is_done]
    assert (tmp_path / "name").read_bytes() == bytes([winner]) * 10_000
    assert names(tmp_path) == ["name"]


def create(task: tuple[Path, bytes]) -> bool:
    path, content = task
    try:
        with new_file(path) as file:
            file.write(content)
    except FileExistsError:
        return False
    return True


def test_a_replaced_file_is_the_old_one_until_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "name"
    path.write_bytes(b"old")
    with replaced_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_is_left_of_a_file_that_failed(
    tmp_path: Path, writer: Callable[..., object]
) -> None:
    def fail() -> None:
        with writer(tmp_path / "name") as file:  # type: ignore[attr-defined]
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(tmp_path) == []


@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_and_its_new_folders_are_for_the_owner_alone(
    tmp_path: Path, writer: Callable[..., object]
) -> None:
    before = os.umask(0)
    try:
        new_folder(tmp_path / "a" / "b")
        new_folder(tmp_path / "c", is_private=False)
        with writer(tmp_path / "a" / "b" / "name"):  # type: ignore[attr-defined]
            pass
        with writer(tmp_path / "c" / "name", is_private=False):  # type: ignore[attr-defined]
            pass
    finally:
        os.umask(before)
    modes = {
        name: stat.S_IMODE((tmp_path / name).stat().st_mode)
        for name in ("a", "a/b", "a/b/name", "c", "c/name")
    }
    assert modes == {"a": 0o700, "a/b": 0o700, "a/b/name": 0o600, "c": 0o777, "c/name": 0o666}


def test_the_file_and_its_folder_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    sync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        sync(descriptor)

    monkeypatch.setattr("octome.files.os.fsync", noted)
    with new_file(tmp_path / "name"):
        pass
    assert synced == [str(tmp_path / ".name.0.part"), str(tmp_path)]


def test_what_a_killed_process_left_is_gone_when_the_place_is_used_again(tmp_path: Path) -> None:
    for _ in range(3):
        killed_writer(tmp_path / "name")
        assert names(tmp_path) == [".name.0.part"]
    with new_file(tmp_path / "name") as file:
        file.write(b"whole")
    assert names(tmp_path) == ["name"]


def test_another_file_in_the_same_folder_removes_it_too(tmp_path: Path) -> None:
    killed_writer(tmp_path / "dead")
    with new_file(tmp_path / "living"):
        pass
    assert names(tmp_path) == ["living"]


def test_a_process_that_keeps_writing_cleans_again_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_file(tmp_path / "one"):
        pass
    killed_writer(tmp_path / "dead")
    with new_file(tmp_path / "two"):
        pass
    assert names(tmp_path) == [".dead.0.part", "one", "two"]
    monkeypatch.setattr("octome.files.CLEANING_SECONDS", 0)
    with new_file(tmp_path / "three"):
        pass
    assert names(tmp_path) == ["one", "three", "two"]


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_can_be_written_and_nothing_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError(number, os.strerror(number))

    killed_writer(tmp_path / "dead")
    monkeypatch.setattr("octome.files.fcntl.flock", refuse)
    with new_file(tmp_path / "living") as file:
        file.write(b"whole")
    assert names(tmp_path) == [".dead.0.part", "living"]


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(NotADirectoryError, match="it is a file"):
        new_folder(tmp_path / "taken" / "below")


def test_only_what_nobody_writes_is_abandoned(tmp_path: Path) -> None:
    (tmp_path / ".other.part").write_bytes(b"not ours")
    (tmp_path / ".link.0.part").symlink_to(tmp_path / ".other.part")
    with new_file(tmp_path / "living") as file:
        killed_writer(tmp_path / "dead")
        assert remove_abandoned(tmp_path) == 1
        file.write(b"whole")
    assert names(tmp_path) == [".link.0.part", ".other.part", "living"]


def test_two_writers_of_one_name_do_not_meet(tmp_path: Path) -> None:
    with replaced_file(tmp_path / "name") as one, replaced_file(tmp_path / "name") as other:
        one.write(b"one")
        other.write(b"other")
    assert (tmp_path / "name").read_bytes() == b"one"  # the last to end
    assert names(tmp_path) == ["name"]


def test_many_threads_that_replace_one_file_leave_one_whole(tmp_path: Path) -> None:
    def write(number: int) -> None:
        for _ in range(20):
            with replaced_file(tmp_path / "name") as file:
                file.write(bytes([number]) * 5_000)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    content = (tmp_path / "name").read_bytes()
    assert len(content) == 5_000
    assert len(set(content)) == 1
    assert names(tmp_path) == ["name"]


def test_a_file_without_a_name_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    with unnamed_file(tmp_path) as unnamed:
        unnamed.file.write(b"42")
        new_folder(tmp_path / "below")
        unnamed.place(tmp_path / "below" / "42")
    with unnamed_file(tmp_path) as unnamed:
        unnamed.file.write(b"of no interest")
    assert names(tmp_path) == ["below"]
    assert (tmp_path / "below" / "42").read_bytes() == b"42"


def test_a_name_as_long_as_a_name_may_be_can_be_written(tmp_path: Path) -> None:
    with new_file(tmp_path / ("ä" * 127)):
        pass
    assert len(names(tmp_path)) == 1


def test_temporary_folders_of_killed_processes_are_removed_and_those_in_use_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = """
import os, signal
from octome.files import temporary_folder
with temporary_folder() as folder:
    (folder / "frog").write_text("tea")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=False)
    [abandoned] = tmp_path.iterdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_folder() as one, temporary_folder() as other:
        assert not abandoned.exists()
        assert sorted(tmp_path.iterdir()) == sorted([one, other])
    assert names(tmp_path) == []


def test_folder_appears_when_all_in_it_is_complete(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "out") as hidden:
        (hidden / "file").write_text("tea")
        assert not (tmp_path / "out").exists()
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "file").read_text() == "tea"
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError), whole_folder(tmp_path / "out") as hidden:
        hidden.write_text("tea")
    assert names(tmp_path) == []


def test_folder_never_takes_a_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(FileExistsError), whole_folder(tmp_path / "out"):
        pytest.fail("it must not get here")
    with pytest.raises(FileExistsError), whole_folder(tmp_path / "late"):
        (tmp_path / "late").mkdir()
    assert names(tmp_path) == ["late", "out"]


def test_next_folder_of_a_name_removes_what_a_killed_process_left(tmp_path: Path) -> None:
    script = f"""
import os, signal
from pathlib import Path
from octome.files import whole_folder
with whole_folder(Path({str(tmp_path / "out")!r})) as hidden:
    (hidden / "half").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False, timeout=300)
    assert (ended.returncode, len(names(tmp_path))) == (-signal.SIGKILL, 1)
    with whole_folder(tmp_path / "out"), whole_folder(tmp_path / "other"):
        assert len(names(tmp_path)) == 2
    assert names(tmp_path) == ["other", "out"]
