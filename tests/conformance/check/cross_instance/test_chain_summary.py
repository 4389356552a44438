"""What rules for OCT angiographies take from one instance."""

from __future__ import annotations

import pytest

from octome.conformance.check.cross_instance.chain_summary import ChainSummary, chain_summary
from octome.dicom.part10 import read_header


def summary(made_chain, name: str) -> ChainSummary:  # type: ignore[no-untyped-def]
    found = chain_summary(read_header(made_chain.file(name)).data_set)
    assert found is not None
    return found


def test_raw_data_is_not_compared(made_chain) -> None:  # type: ignore[no-untyped-def]
    assert chain_summary(read_header(made_chain.file("raw")).data_set) is None


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [("structure", 512, 64), ("flow-omag", 512, 64), ("height-map", 40, 64), ("surfaces", 0, 0)],
)
def test_each_kind_states_its_eye_and_size(made_chain, name: str, rows: int, columns: int) -> None:  # type: ignore[no-untyped-def]
    found = summary(made_chain, name)
    assert (found.eye, found.rows, found.columns) == ("R", rows, columns)
    assert len(found.spacing) == (2 if rows else 0)
    assert len(found.orientation) == (6 if rows else 0)
    assert not found.bounds


def test_surfaces_are_numbered_with_their_codes(made_chain) -> None:  # type: ignore[no-untyped-def]
    mesh, heights = summary(made_chain, "surfaces"), summary(made_chain, "height-map")
    assert mesh.segments == heights.segments == mesh.surfaces
    assert mesh.segments[1] == ("SCT", "280677004")
    assert not heights.surfaces
    assert mesh.segmented[0].endswith(".SegmentSurfaceSourceInstanceSequence[0]")


def test_an_image_states_its_bounds_and_its_localizer(made_chain) -> None:  # type: ignore[no-untyped-def]
    found = summary(made_chain, "enface/superficial-flow")
    upper, lower = found.bounds
    assert [(each.number, each.is_upper, each.is_surface) for each in (upper, lower)] == [
        (1, True, False),
        (4, False, False),
    ]
    assert lower.code == ("DCM", "128291")
    assert upper.offset_px == 0
    assert found.slab == "superficial ILM..IPL-10um"
    assert found.image_type == ("DCM", "128265")
    assert found.localizer is not None
    assert found.localizer.corners == (0, 0, 40, 64)
