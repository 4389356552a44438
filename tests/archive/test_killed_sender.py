"""A sender that is killed: the receiver never has half a file, and the next run sends the rest.

`make soak` kills thirty of them instead of two.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from octome.archive.receiver import Receiver
from octome.archive.receiver_event import ReceiverEvent
from octome.dicom.instance_identity import instance_identity
from soak import amount

KILLS = amount(2, whole=30)
FILES, BYTES = 12, 3 << 20


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_killed_sender_leaves_whole_instances_and_the_next_one_completes(
    small_instance, tmp_path: Path
) -> None:
    chance, outbox = random.Random(0), tmp_path / "out"
    outbox.mkdir()
    for number in range(FILES):
        content = small_instance(uid=f"1.2.{number}", pixel_bytes=BYTES)
        (outbox / f"{number}").write_bytes(content)
    command = [sys.executable, "-m", "octome.cli", "send", str(outbox)]
    for kill in range(KILLS):
        folder = tmp_path / f"in{kill}"
        arrivals: list[ReceiverEvent] = []
        with Receiver(folder, arrived=arrivals.append) as receiver:
            target = f"127.0.0.1:{receiver.port}"
            # In the middle of an instance: after some have arrived, and a moment.
            last, moment = chance.randrange(FILES), chance.uniform(0, 0.05)
            with subprocess.Popen([*command, target], stdout=subprocess.DEVNULL) as program:
                until = time.monotonic() + 60
                while len(arrivals) < last and time.monotonic() < until:
                    time.sleep(0.001)
                time.sleep(moment)
                program.kill()
            stored = [path for path in files_of(folder) if path.suffix == ".dcm"]
            assert len(stored) >= last
            assert all(instance_identity(path).is_whole for path in stored)
            done = subprocess.run([*command, target], capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            assert done.stdout == f"{target}: {FILES} of {FILES} instances stored\n"
        left = files_of(folder)
        assert len(left) == FILES
        assert all(instance_identity(path).is_whole for path in left)
