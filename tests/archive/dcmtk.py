"""DCMTK's programs, also if pynetdicom's of the same name are first on PATH."""

from __future__ import annotations

import os
import shutil
import socket

import pytest


def program(name: str) -> str | None:
    """The path of a program of DCMTK; None if it is not installed."""
    return shutil.which(name, path=os.pathsep.join(("/usr/bin", os.environ.get("PATH", ""))))


needs_dcmtk = pytest.mark.skipif(program("dcmsend") is None, reason="DCMTK is not installed")


def command(name: str) -> str:
    """The path of a program of DCMTK, for tests that need it."""
    found = program(name)
    assert found is not None
    return found


def free_port() -> int:
    """A port for one of them to listen on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
