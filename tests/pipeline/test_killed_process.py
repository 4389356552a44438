"""The files of a chain are private to their owner, and a killed one leaves no partial file."""

from __future__ import annotations

import fcntl
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from octome.errors import InstanceUnwritable
from octome.pipeline.chain import process
from octome.pipeline.request import Request

# A chain that is killed when it syncs its second file.
KILLED = """
import os, signal, sys
from pathlib import Path
import octome.files
from octome.pipeline.chain import process
from octome.pipeline.request import Request
count = 0
def killed(descriptor):
    global count
    count += os.readlink(f"/proc/self/fd/{descriptor}").endswith(".part")
    if count == 2:
        os.kill(os.getpid(), signal.SIGKILL)
octome.files.os.fsync = killed
process(Path(sys.argv[1]), Path(sys.argv[2]), Request(slabs=("retina",)))
"""


def half_written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(".*") if path.name.endswith(".part")]


def test_a_chain_is_private_to_its_owner(made_chain) -> None:
    paths = [made_chain.folder, *made_chain.folder.rglob("*")]
    assert len(paths) > 10
    for path in paths:
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_a_killed_chain_leaves_no_partial_file_after_the_next_run(
    made_chain, tmp_path: Path
) -> None:
    out = tmp_path / "study"
    command = [sys.executable, "-c", KILLED, str(made_chain.scan), str(out)]
    ended = subprocess.run(command, check=False, timeout=300, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert len(half_written(out)) == 1
    process(made_chain.scan, out, Request(slabs=("retina",)))
    assert half_written(out) == []


def test_two_runs_do_not_work_in_one_folder(made_chain, tmp_path: Path) -> None:
    out = tmp_path / "study"
    out.mkdir()
    descriptor = os.open(out, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        with pytest.raises(InstanceUnwritable, match="another run is working in"):
            process(made_chain.scan, out, Request(slabs=("retina",)))
    finally:
        os.close(descriptor)
    assert list(out.iterdir()) == []
