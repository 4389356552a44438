"""Usages and placements."""

from __future__ import annotations

import pytest

from octome.standard.model.page import Link
from octome.standard.model.usage import CiodUse, FunctionalGroupUse, ModuleUse

FROG = Link("/ciods/frog", "Frog")


def test_usage_is_one_of_three_or_is_not_stated() -> None:
    assert CiodUse(FROG, "/ciods/frog/legs", None).usage is None
    with pytest.raises(ValueError, match="usage is 'X', which is not one of M, C, U"):
        CiodUse(FROG, "/ciods/frog/legs", "X")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="usage is 'm'"):
        ModuleUse(id="legs", name="Legs", path="/", usage="m", information_entity="Frog")  # type: ignore[arg-type]


def test_placement_is_one_of_three() -> None:
    with pytest.raises(ValueError, match="placement is 'pond'"):
        FunctionalGroupUse(
            tag="00990009",
            name="Size",
            usage="M",
            usage_edition=None,
            placement="pond",  # type: ignore[arg-type]
            condition=None,
            macro=None,
            paths=(),
        )
