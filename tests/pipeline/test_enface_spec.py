"""One en face image, from texts."""

from __future__ import annotations

import pytest

from octome.errors import UnknownName
from octome.pipeline.enface_spec import enface_spec


def test_a_preset_and_two_bounds_are_the_same_slab() -> None:
    preset, bounds = enface_spec("flow", "superficial"), enface_spec("flow", "ilm..ipl-10um")
    assert preset.slab == bounds.slab
    assert bounds.type.flow_meaning == "User selected volume flow"
    assert bounds.type.as_before_2024d == preset.type
    assert preset.surfaces == {"ILM", "IPL"}
    assert (preset.text, bounds.text) == ("superficial ILM..IPL-10um", "ILM..IPL-10um")


def test_the_code_may_be_that_of_another_preset() -> None:
    spec = enface_spec("structure", "RNFL..OPL", type_name="deep")
    assert (spec.type.name, spec.kind.letter) == ("deep", "E")


def test_the_edges_of_the_volume_are_not_surfaces() -> None:
    assert enface_spec("structure", "top..bottom").surfaces == set()


@pytest.mark.parametrize(
    ("volume", "projection", "why"),
    [("flo", "mean", "structure or flow"), ("flow", "avg", "mean, sum, std, max, min")],
)
def test_other_names_are_errors(volume: str, projection: str, why: str) -> None:
    with pytest.raises(UnknownName, match=why):
        enface_spec(volume, "retina", projection)  # type: ignore[arg-type]
