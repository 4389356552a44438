"""A wrong request is an error when it is created, with the names that are allowed."""

from __future__ import annotations

from typing import Any

import pytest

from octome.errors import MissingFact, UnknownName
from octome.octa.flow.methods import FLOW_ALGORITHMS, FLOW_METHODS
from octome.pipeline.request import USUAL_FLOW_SLABS, USUAL_SLABS, Request


@pytest.mark.parametrize(
    ("field", "wrong", "allowed"),
    [
        ("algorithm", "omagg", "omag"),
        ("projection", "avg", "mean, sum, std, max, min"),
        ("laterality", "left", "R, L"),
        ("centred_on", "fovea", "macula, disc, disc-macula"),
        ("compression", "zip", "htj2k, jpeg-ls, rle, jpeg2000"),
        ("enface_profile", "2024e", "2024c or 2024d"),
        ("slabs", ("deepest",), "superficial"),
        ("slabs", ("ILM..XYZ",), "ILM, RNFL"),
    ],
)
def test_a_name_outside_its_vocabulary_is_an_error(field: str, wrong: Any, allowed: str) -> None:
    with pytest.raises(UnknownName, match=allowed):
        Request(**{field: wrong})


def test_fields_are_given_by_name() -> None:
    with pytest.raises(TypeError):
        Request("omag")  # type: ignore[misc]


def test_a_slab_without_a_surface_needs_the_newer_profile() -> None:
    with pytest.raises(MissingFact, match="needs --enface-profile 2024d"):
        Request(slabs=("top..bottom",), enface_profile="2024c")
    assert Request(slabs=("top..bottom",)).slabs == ("top..bottom",)


def test_the_structure_of_the_retina_comes_first() -> None:
    specs = Request().enface_specs(with_flow=True)
    assert (specs[0].name, specs[0].volume) == ("retina", "structure")
    assert len(specs) == 2 * len(USUAL_SLABS) + len(USUAL_FLOW_SLABS)
    assert {spec.volume for spec in Request().enface_specs(with_flow=False)} == {"structure"}


def test_every_flow_algorithm_may_be_requested() -> None:
    assert set(FLOW_ALGORITHMS) == set(FLOW_METHODS)
