"""What many tests look at: a whole chain of a small simulated eye, and a real Orthanc."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from octome.octa.acquisition_file import write_acquisition
from octome.octa.phantom.eye import SimulatedEye
from octome.pipeline.chain import process
from octome.pipeline.request import Request
from octome.pipeline.step_result import StepResult
from small_file import small_file


@pytest.fixture(scope="session")
def small_instance() -> Callable[..., bytes]:
    """Files with nested sequences and a value of more than a thousand bytes."""
    return small_file


@dataclass(frozen=True)
class MadeChain:
    """A simulated eye and the chain of its scan."""

    eye: SimulatedEye
    scan: Path
    folder: Path
    results: list[StepResult]

    def file(self, name: str) -> Path:
        """The instance of that name."""
        return self.folder / f"{name}.dcm"


@pytest.fixture(scope="session")
def made_chain(made_once) -> MadeChain:  # type: ignore[no-untyped-def]
    """Of 40 B-scans of 64 A-scans over 1 x 1 mm next to the fovea, two repeats."""
    eye = SimulatedEye(
        "normal",
        seed=3,
        bscans=40,
        repeats=2,
        ascans=64,
        bscan_mm=1 / 40,
        ascan_mm=1 / 64,
        centre_mm=(0.9, 0.0),
        saccades=0,
    )

    def fill(folder: Path) -> None:
        recorded = eye.acquisition("bscans")
        metadata = {**recorded.metadata, "acquired": "2026-01-31T14:05:00", "centred_on": "macula"}
        scan = folder / "scan.h5"
        write_acquisition(scan, replace(recorded, metadata=metadata), truth=eye.truth)
        results = process(scan, folder / "study", Request(with_height_map=True))
        (folder / "results").write_bytes(pickle.dumps(results))

    folder = made_once("chain", fill)
    results = pickle.loads((folder / "results").read_bytes())
    return MadeChain(eye, folder / "scan.h5", folder / "study", results)


@dataclass(frozen=True)
class OrthancServer:
    """A real Orthanc on this machine, empty at first."""

    dicom_port: int
    http_port: int
    our_port: int
    """Where it sends what OCTOME requests: reports, and instances by C-MOVE."""

    @property
    def url(self) -> str:
        """Of its own interface."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def dicomweb(self) -> str:
        """Of its DICOMweb plugin."""
        return f"{self.url}/dicom-web"

    def files(self) -> dict[str, bytes]:
        """What it holds: every file by SOP Instance UID."""
        found = {}
        for instance in self._get("/instances"):
            tags = json.loads(self._read(f"/instances/{instance}/simplified-tags"))
            found[tags["SOPInstanceUID"]] = self._read(f"/instances/{instance}/file")
        return found

    def clear(self) -> None:
        """Forget everything."""
        for study in self._get("/studies"):
            request = urllib.request.Request(f"{self.url}/studies/{study}", method="DELETE")
            urllib.request.urlopen(request, timeout=30).close()

    def _get(self, path: str) -> list[str]:
        return list(json.loads(self._read(path)))

    def _read(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return bytes(answer.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def orthanc_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OrthancServer]:
    """Orthanc with its DICOMweb plugin, as Debian has them."""
    program = shutil.which("Orthanc", path=f"{os.environ['PATH']}:/usr/sbin")
    plugin = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
    if program is None or not plugin.exists():
        pytest.skip("Orthanc with DICOMweb is not installed (Debian: orthanc, orthanc-dicomweb)")
    folder = tmp_path_factory.mktemp("orthanc")
    server = OrthancServer(free_port(), free_port(), free_port())
    configuration = {
        "StorageDirectory": str(folder / "storage"),
        "IndexDirectory": str(folder / "index"),
        "Plugins": [str(plugin)],
        "DicomPort": server.dicom_port,
        "HttpPort": server.http_port,
        "RemoteAccessAllowed": False,
        "DicomAlwaysAllowStore": True,
        "DicomCheckCalledAet": False,
        "DicomModalities": {"octome": ["OCTOME", "127.0.0.1", server.our_port]},
        "UnknownSopClassAccepted": True,
        "OverwriteInstances": False,
        "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
    }
    (folder / "orthanc.json").write_text(json.dumps(configuration))
    log = folder / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [program, str(folder / "orthanc.json")],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"TCP_NODELAY": "1"},  # DCMTK's: answers are not held back
        )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{server.url}/system", timeout=5).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"Orthanc did not start:\n{log.read_text('utf-8', 'replace')}")
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)
