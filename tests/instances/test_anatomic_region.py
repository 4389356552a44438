"""The part of the eye: from what a scan is centred on, and handed on to what is derived."""

from __future__ import annotations

import pydicom
import pytest
from pydicom.dataset import Dataset

from octome.instances.anatomic_region import region_of_centre, stated_region


@pytest.mark.parametrize(
    ("centre", "value"),
    [("macula", "5665001"), ("disc", "81016008"), ("disc-macula", "5665001"), (None, "81745001")],
)
def test_the_region_follows_from_the_centre(centre, value: str) -> None:  # type: ignore[no-untyped-def]
    assert region_of_centre(centre).CodeValue == value


def test_a_derived_instance_has_the_region_of_its_source() -> None:
    source = Dataset()
    assert stated_region(source).CodeValue == "81745001"
    source.AnatomicRegionSequence = [region_of_centre("disc")]
    region = stated_region(source)
    assert region == source.AnatomicRegionSequence[0]
    assert region is not source.AnatomicRegionSequence[0]


def test_all_images_of_a_chain_show_the_retina(made_chain) -> None:  # type: ignore[no-untyped-def]
    for name in ("structure", "flow-omag", "enface/deep-flow", "enface/retina-structure"):
        ds = pydicom.dcmread(made_chain.file(name), stop_before_pixels=True)
        items = [
            item.AnatomicRegionSequence[0].CodeValue
            for item in (ds, *frames(ds))
            if "AnatomicRegionSequence" in item
        ]
        assert items
        assert set(items) == {"5665001"}


def frames(ds: Dataset) -> list[Dataset]:
    groups = ds.get("SharedFunctionalGroupsSequence", [])
    return [item for group in groups for item in group.FrameAnatomySequence]
