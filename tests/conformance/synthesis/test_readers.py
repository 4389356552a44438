"""pydicom and DCMTK read the instances, and a real Orthanc stores and returns them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.filebase import DicomBytesIO

from octome.archive.dicomweb import store
from octome.archive.storage import Sent, send
from octome.dicom.part10 import read_encoded

# Orthanc keeps patients, studies and series; these objects belong to none (PS3.4 GG), a directory
# is a file next to a file-set (PS3.10 8), and an inventory is of a whole archive (PS3.4 YY).
WITHOUT_A_STUDY = {
    "hanging-protocol", "color-palette", "generic-implant-template", "implant-assembly-template",
    "implant-template-group", "ct-defined-procedure-protocol", "xa-defined-procedure-protocol",
    "protocol-approval", "inventory", "basic-directory",
}  # fmt: skip
# PS3.22 sends real-time instances without a storage SOP Class: C-STORE cannot negotiate them.
STREAMED = {
    "real-time-video-endoscopic-image", "real-time-video-photographic-image",
    "real-time-audio-waveform", "rendition-selection-document",
}  # fmt: skip
PIXELS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")


@pytest.fixture(scope="session")
def made_files(made_instances, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every synthetic instance as a file, by edition and CIOD."""
    folder, found = tmp_path_factory.mktemp("made"), {}
    for (edition, ciod), content in made_instances.items():
        path = folder / f"{edition}-{ciod}.dcm"
        path.write_bytes(content)
        found[path.stem] = path
    return found


def test_pydicom_reads_each_and_its_pixels(made_instances) -> None:
    with_pixels = 0
    for (_, ciod), content in made_instances.items():
        ds = dcmread(DicomBytesIO(content))
        assert sum(1 for _ in ds.iterall()) > 3, ciod
        if any(word in ds for word in PIXELS):
            frames, samples = int(ds.get("NumberOfFrames") or 1), int(ds.SamplesPerPixel)
            shape = ((frames,) if frames > 1 else ()) + (4, 4) + ((samples,) if samples > 1 else ())
            assert ds.pixel_array.shape == shape, ciod
            with_pixels += 1
    assert with_pixels > 100


@pytest.mark.parametrize("program", ["dcmdump", "dcmftest"])
def test_dcmtk_reads_each(made_files: dict[str, Path], program: str) -> None:
    found = shutil.which(program)
    if found is None:
        pytest.skip("DCMTK is not installed (Debian: dcmtk)")
    ended = subprocess.run(
        [found, *map(str, made_files.values())], capture_output=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stdout[-500:] + ended.stderr[-500:]
    assert b"E: " not in ended.stderr
    assert b"W: " not in ended.stderr


def of(files: dict[str, Path], edition: str) -> dict[str, Path]:
    return {name[6:]: path for name, path in files.items() if name.startswith(edition)}


def test_orthanc_returns_what_is_sent_by_c_store(
    orthanc_server, made_files: dict[str, Path]
) -> None:
    orthanc_server.clear()
    sent = send(list(of(made_files, "2026b").values()), "127.0.0.1", orthanc_server.dicom_port)
    refused = {each.path.stem[6:]: each.why for each in sent if not each.is_stored}
    assert set(refused) == WITHOUT_A_STUDY | STREAMED
    for ciod in STREAMED:
        assert "the receiver does not accept the SOP Class " in refused[ciod]
        assert "(1.2.840.10008.10." in refused[ciod]
    assert_same(orthanc_server, sent)
    assert sum(each.is_stored for each in sent) == 175 - len(refused) == 161


@pytest.mark.parametrize(("edition", "stored"), [("2020b", 136), ("2026b", 165)])
def test_orthanc_returns_what_is_sent_by_stow(
    orthanc_server, made_files: dict[str, Path], edition: str, stored: int
) -> None:
    orthanc_server.clear()
    sent = store(list(of(made_files, edition).values()), orthanc_server.dicomweb)
    assert {each.path.stem[6:] for each in sent if not each.is_stored} <= WITHOUT_A_STUDY
    assert_same(orthanc_server, sent)
    assert sum(each.is_stored for each in sent) == stored


def assert_same(orthanc_server, sent: list[Sent]) -> None:
    received = orthanc_server.files()
    orthanc_server.clear()
    stored = [each for each in sent if each.is_stored]
    assert len(received) == len(stored)
    for each in stored:
        assert data_set(received[each.sop_instance]) == data_set(each.path.read_bytes()), each.path


def data_set(content: bytes) -> bytes:
    return content[read_encoded(content).start :]
