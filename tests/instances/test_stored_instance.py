"""What all readers share: the SOP Class they need, and the exam of an instance."""

from __future__ import annotations

from pathlib import Path

import pydicom
import pytest
from test_wrong_instances import READERS

from octome.errors import InstanceUnreadable
from octome.instances.instance_kind import HEIGHT_MAP, SURFACES
from octome.instances.stored_instance import StoredInstance, reading_class


@pytest.mark.parametrize("kind", READERS)
def test_every_kind_has_its_header_reference_and_examination(
    tiny_files: dict[str, Path], kind: str
) -> None:
    ds = pydicom.dcmread(tiny_files[kind], stop_before_pixels=True)
    stored = READERS[kind](tiny_files[kind])
    assert isinstance(stored, StoredInstance)
    assert stored.header.SOPInstanceUID == ds.SOPInstanceUID
    assert stored.reference.item().ReferencedSOPClassUID == ds.SOPClassUID
    assert stored.reference.series == ds.SeriesInstanceUID
    assert (stored.exam.study, stored.exam.laterality) == (ds.StudyInstanceUID, "R")


@pytest.mark.parametrize(
    ("needed", "file", "why"),
    [
        (HEIGHT_MAP, "surfaces", "Surface Segmentation Storage, not Height Map Segmentation Stor"),
        (SURFACES, "height-map", "Height Map Segmentation Storage, not Surface Segmentation Stor"),
    ],
)
def test_both_classes_are_named_if_the_dictionary_lacks_one(
    tiny_files: dict[str, Path], needed, file: str, why: str
) -> None:
    with (
        pytest.raises(InstanceUnreadable, match=f"its SOP Class is {why}"),
        reading_class(tiny_files[file], needed.sop_class),
    ):
        pytest.fail("it was read")


def test_an_error_while_reading_an_instance_names_the_file(
    tiny_files: dict[str, Path],
) -> None:
    path = tiny_files["structure"]
    with (
        pytest.raises(InstanceUnreadable, match=rf"cannot read {path}: it has no Surfaces"),
        reading_class(path, "1.2.840.10008.5.1.4.1.1.77.1.5.4") as file,
    ):
        _ = file.header.SurfacesThatAreNotThere
