"""A receiver that is killed while it stores: nothing of it is left after the next start.

`make soak` kills thirty of them at moments drawn by chance instead of one.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from octome.archive.receiver import Receiver
from octome.archive.storage import send
from octome.dicom.instance_identity import instance_identity
from soak import amount

KILLS = amount(0, whole=30)
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


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


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
    (left,) = files_of(folder)
    assert left.name.endswith(".part")
    with Receiver(folder):
        assert files_of(folder) == []


@pytest.mark.skipif(not KILLS, reason="make soak runs it")
def test_receivers_killed_at_any_moment_leave_whole_instances_only(
    small_instance, tmp_path: Path
) -> None:
    chance, folder, outbox = random.Random(0), tmp_path / "in", tmp_path / "out"
    outbox.mkdir()
    for number in range(1, 200):
        (outbox / f"{number}").write_bytes(small_instance(uid=f"1.2.{number}"))
    for _ in range(KILLS):
        program, port = started(RECEIVE, folder)
        command = [sys.executable, "-m", "octome.cli", "send", str(outbox), f"127.0.0.1:{port}"]
        with program, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT):
            time.sleep(chance.uniform(0.5, 3))
            program.kill()
        with Receiver(folder):
            left = files_of(folder)
        assert all(instance_identity(path).is_whole for path in left)
    assert left
