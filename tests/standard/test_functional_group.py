"""Where a functional group may be in a CIOD; the facts are those of PS3.3 C.7.6.16 and A.84."""

from __future__ import annotations

import pytest

from octome.standard.functional_group import placement

ANALYSIS = "ophthalmic-optical-coherence-tomography-b-scan-volume-analysis"


@pytest.mark.parametrize(
    ("tag", "ciod", "expected"),
    [
        ("00209111", "enhanced-ct-image", "per frame"),  # Frame Content
        ("00209170", "enhanced-ct-image", "shared"),  # Unassigned Shared Converted Attributes
        ("00289110", "enhanced-ct-image", "shared or per frame"),  # Pixel Measures
        ("00089124", "enhanced-ct-image", "shared or per frame"),  # Derivation Image
        ("00089124", ANALYSIS, "per frame"),
    ],
)
def test_group_is_shared_or_per_frame_unless_it_is_an_exception(
    tag: str, ciod: str, expected: str
) -> None:
    assert placement(tag, ciod) == expected
