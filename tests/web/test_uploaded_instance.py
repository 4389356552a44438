"""The one instance of a file that was sent."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from small_instance import ct_image, encoded

from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG
from octome.errors import InstanceUnreadable
from octome.web.uploaded_instance import uploaded_instance

INSTANCE = encoded(ct_image())
UID = ct_image().SOPInstanceUID


def zipped(**entries: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, entry in entries.items():
            archive.writestr(name, entry)
    return content.getvalue()


def read(content: bytes, folder: Path, largest: int = 1 << 20) -> Encoded:
    return uploaded_instance(content, "a.zip", {}, folder, largest)


@pytest.mark.parametrize(
    "content",
    [
        INSTANCE,
        INSTANCE[132:],
        gzip.compress(INSTANCE),
        zipped(frog=INSTANCE),
        zipped(notes=b"no instance", frog=INSTANCE),
        ct_image().to_json().encode(),
        gzip.compress(ct_image().to_json().encode()),
    ],
    ids=["file", "without prefix", "gzip", "zip", "zip with notes", "JSON", "JSON in gzip"],
)
def test_one_instance_is_read_whatever_it_is_in(content: bytes, tmp_path: Path) -> None:
    assert read(content, tmp_path).data_set.text(TAG.SOPInstanceUID) == UID


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zipped(a=INSTANCE, b=INSTANCE), "several instances, .* `octome check a.zip`"),
        (zipped(a=b"tea"), "a.zip/a is not a DICOM instance"),
        (zipped(a=b"tea", b=b"frog"), "a.zip has no DICOM instance"),
        (gzip.compress(INSTANCE)[:-20], "a.zip: it is damaged"),
        (gzip.compress(bytes(1 << 21)), "unpacks to more than 1 MB"),
        (f"[{ct_image().to_json()}, {ct_image().to_json()}]".encode(), "several instances"),
        (b"tea", "a.zip is not a DICOM instance"),
    ],
)
def test_no_instance_or_several_are_refused(content: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(InstanceUnreadable, match=why):
        read(content, tmp_path)
