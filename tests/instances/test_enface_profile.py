"""The two profiles of en face images: how each states the surfaces that bound a slab."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID

from octome.errors import (
    MissingFact,
    UnknownName,
)
from octome.instances.code import coded
from octome.instances.composite import (
    Reference,
)
from octome.instances.enface_profile import (
    NEWER,
    Localizer,
    SegmentedSurface,
    SlabSide,
    checked_profile,
    write_newer,
    write_older,
)
from octome.instances.instance_kind import ENFACE_CLASS

MESH = Reference(UID("1.2.840.10008.5.1.4.1.1.66.5"), UID("1.2.3"), UID("1.2.4"))


def side(offset_px: float, *, is_upper: bool = True) -> SlabSide:
    surface = SegmentedSurface(instance=MESH, number=2, code=coded("SCT", "280677004"))
    return SlabSide(is_upper=is_upper, surface=surface, offset_px=offset_px)


def image(uid: str = "1.2.9") -> Dataset:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID, ds.Rows, ds.Columns = ENFACE_CLASS, UID(uid), 4, 10
    return ds


def test_the_older_profile_states_whole_pixels_below_a_surface(tiny) -> None:
    ds = image()
    write_older(ds, [side(0.0), side(3.0, is_upper=False)], tiny.grid, None)
    items = ds.ReferencedSurfaceMeshIdentificationSequence
    assert [item.SurfaceMeshZPixelOffset for item in items] == [0, 3]
    assert {item.ReferencedSurfaceNumber for item in items} == {2}
    assert {item.ReferencedSOPInstanceUID for item in items} == {"1.2.3"}


def test_the_older_profile_needs_a_surface_and_states_whole_pixels_below_it(tiny) -> None:
    edge = SlabSide(is_upper=True, surface=None, offset_px=0.0)
    with pytest.raises(MissingFact, match="needs a surface"):
        write_older(image(), [edge, edge], tiny.grid, None)
    for offset in (-1.0, 2.5):
        with pytest.raises(MissingFact, match=f"whole pixels below a surface, not {offset:g}"):
            write_older(image(), [side(offset)], tiny.grid, None)


def test_the_newer_profile_states_a_signed_offset_of_a_segment(tiny) -> None:
    ds = image()
    write_newer(ds, [side(-10.0), side(5.0, is_upper=False)], tiny.grid, None)
    items = ds[NEWER["OphthalmicEnFaceVolumeDescriptorSequence"].tag].value
    scope, offset = (
        NEWER[name].tag for name in ("OphthalmicEnFaceVolumeDescriptorScope", "SurfaceOffset")
    )
    assert [item[scope].value for item in items] == ["ANTERIOR", "POSTERIOR"]
    assert [item[offset].value for item in items] == [-10.0, 5.0]
    segment = items[0][NEWER["ReferencedSegmentationSequence"].tag].value[0]
    assert segment.ReferencedSegmentNumber == 2


def test_the_newer_profile_states_the_entire_volume(tiny) -> None:
    ds = image()
    depth = float(tiny.grid.shape[1])
    edges = [
        SlabSide(is_upper=is_upper, surface=None, offset_px=offset)
        for is_upper, offset in ((True, 0.0), (False, depth))
    ]
    write_newer(ds, edges, tiny.grid, None)
    (item,) = ds[NEWER["OphthalmicEnFaceVolumeDescriptorSequence"].tag].value
    assert item[NEWER["OphthalmicEnFaceVolumeDescriptorScope"].tag].value == "ENTIRE"
    assert item[NEWER["SurfaceOffset"].tag].value == 0
    assert NEWER["ReferencedSegmentationSequence"].tag not in item


def test_the_newer_profile_counts_from_the_top_where_no_surface_is(tiny) -> None:
    ds = image()
    edge = SlabSide(is_upper=True, surface=None, offset_px=2.5)
    write_newer(ds, [edge, side(-1.5, is_upper=False)], tiny.grid, None)
    upper, lower = ds[NEWER["OphthalmicEnFaceVolumeDescriptorSequence"].tag].value
    assert upper[NEWER["SurfaceOffset"].tag].value == 2.5
    assert NEWER["ReferencedSegmentationSequence"].tag not in upper
    assert lower[NEWER["SurfaceOffset"].tag].value == -1.5


@pytest.mark.parametrize("write", [write_older, write_newer])
def test_an_image_lies_on_its_localizer_or_on_itself(tiny, write) -> None:
    other = Reference(ENFACE_CLASS, UID("1.2.8"), UID("1.2.7"))
    own = [0.0, 0.0, 4.0, 10.0]  # row and column of two corners: 4 rows, 10 columns
    corners = (1.5, 2.0, 7.5, 33.0)
    for localizer, uid, expected in (
        (None, "1.2.9", own),
        (Localizer(other), "1.2.8", own),
        (Localizer(other, corners), "1.2.8", list(corners)),
    ):
        ds = image()
        write(ds, [side(0.0)], tiny.grid, localizer)
        (place,) = ds.OphthalmicFrameLocationSequence
        assert place.ReferencedSOPInstanceUID == uid
        assert list(place.ReferenceCoordinates) == expected
        assert [float(v) for v in ds.ImageOrientationPatient] == [1, 0, 0, 0, 0, -1]


def test_a_profile_is_one_of_two() -> None:
    assert checked_profile("2024d") == "2024d"
    with pytest.raises(UnknownName, match="2024c or 2024d; found 'current'"):
        checked_profile("current")
