"""A receiver that is killed: nothing acknowledged is lost, nothing is left after the next start."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from octome.archive.receiver import Receiver
from octome.archive.storage import send
from octome.dicom.instance_identity import instance_identity
from soak import amount

KILLS = amount(3, whole=30)
# `octome receive`, killed when it has written its first instance and is about to sync it.
KILLED_WHILE_STORING = """
import os, signal, sys
from octome.archive.folder import Incoming
from octome.cli.main import main
Incoming.store = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(["receive", sys.argv[1], "--port", "0"])
"""
RECEIVE = """
import sys
from octome.cli.main import main
main(["receive", sys.argv[1], "--port", "0"])
"""


def started(script: str, folder: Path) -> tuple[subprocess.Popen[str], int]:
    """A receiver as a program, and its port."""
    program = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stderr is not None
    return program, int(program.stderr.readline().rpartition(":")[2])


def left_in(folder: Path) -> list[Path]:
    """Files, and folders that are empty."""
    return [path for path in folder.rglob("*") if path.is_file() or not any(path.iterdir())]


def test_a_receiver_killed_while_it_stores_leaves_nothing_after_the_next_start(
    small_instance, tmp_path: Path
) -> None:
    path, folder = tmp_path / "sent", tmp_path / "in"
    path.write_bytes(small_instance())
    program, port = started(KILLED_WHILE_STORING, folder)
    with program:
        (sent,) = send([path], "127.0.0.1", port)
        assert program.wait(30) == -signal.SIGKILL
    assert not sent.is_stored
    (left,) = left_in(folder)
    assert left.name.endswith(".part")
    with Receiver(folder) as receiver:
        assert receiver.removed == 1
        assert left_in(folder) == []


# pynetdicom leaves the sockets of connections that were cut to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_receiver_killed_at_any_moment_keeps_what_it_acknowledged(
    small_instance, tmp_path: Path
) -> None:
    chance, folder, path = random.Random(0), tmp_path / "in", tmp_path / "out"
    path.mkdir()
    acknowledged: set[str] = set()
    for kill in range(KILLS):
        outbox = [path / f"{number}" for number in range(100)]
        for number, each in enumerate(outbox, 1):
            each.write_bytes(small_instance(uid=f"1.2.{kill}.{number}", pixel_bytes=400_000))
        program, port = started(RECEIVE, folder)
        killing = threading.Timer(chance.uniform(0, 0.5), program.kill)
        begin = threading.Event()  # with the first answer
        with program:

            def one_sent(*_: object, killing=killing, begin=begin) -> None:
                if not begin.is_set():
                    begin.set()
                    killing.start()

            sent = send(outbox, "127.0.0.1", port, each=one_sent)
            killing.join()
        acknowledged |= {each.sop_instance for each in sent if each.is_stored}
        # Before the next start whatever has the name of an instance is whole.
        assert all(instance_identity(path).is_whole for path in folder.rglob("*.dcm"))
        with Receiver(folder):
            left = left_in(folder)
        assert all(path.suffix == ".dcm" for path in left)
        assert acknowledged <= {path.stem for path in left}
    assert acknowledged
