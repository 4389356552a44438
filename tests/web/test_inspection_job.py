"""A file is inspected once for its page, its data or a frame."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_instance import ct_image, encoded

from octome.errors import InspectionStopped, InstanceUnreadable, OctomeError, UploadRefused
from octome.web.inspection_job import Job, ReplyKind, reply_to, status_of


def job(store: Path, reply_kind: ReplyKind, content: bytes | Path, folder: Path) -> Job:
    return Job(
        reply_kind=reply_kind,
        store=store,
        kept={},
        largest=1 << 20,
        folder=folder,
        content=content,
        name="a.dcm",
    )


def test_a_file_on_disk_and_one_in_memory_get_the_same_reply(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.dcm"
    path.write_bytes(encoded(ct_image()))
    for reply_kind in ("page", "data", "frame"):
        here = reply_to(job(store, reply_kind, path.read_bytes(), tmp_path))
        assert here == reply_to(job(store, reply_kind, path, tmp_path))
        assert here.status == 200


def test_a_refusal_is_a_page_or_data_and_names_no_file_of_the_server(
    store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "hidden-name"
    path.write_bytes(b"not DICOM at all")
    page = reply_to(job(store, "page", path, tmp_path))
    data = reply_to(job(store, "data", path, tmp_path))
    assert (page.status, data.status) == (422, 422)
    assert json.loads(data.body)["code"] == "not-an-instance"
    assert "hidden-name" not in page.body + data.body


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UploadRefused("too large", largest=1), 413),
        (UploadRefused("disk full", system="No space left on device"), 507),
        (UploadRefused("none"), 400),
        (InspectionStopped("too long"), 503),
        (InstanceUnreadable("not DICOM"), 422),
    ],
)
def test_status_of_refusals(error: OctomeError, status: int) -> None:
    assert status_of(error) == status
