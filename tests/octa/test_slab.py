"""Slabs and their presets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.sr._cid_dict import cid_concepts
from pydicom.sr._concepts_dict import concepts

from octome.errors import UnknownName
from octome.octa.flow.methods import FLOW_METHODS
from octome.octa.slab import SLAB_TYPES, Bound, Slab, bound_rows, slab_type
from octome.octa.surface import SURFACE_NAMES, SURFACES


def meanings(cid: int) -> dict[str, str]:
    """Code value to meaning in a context group, as pydicom has it."""
    found = {}
    for scheme, names in cid_concepts[cid].items():
        for name in names:
            for code, (meaning, _) in concepts[scheme][name].items():
                found[code] = meaning
    return found


def test_the_codes_are_those_of_their_context_groups() -> None:
    enface, surfaces, families = meanings(4271), meanings(4273), meanings(4270)
    for kind in SLAB_TYPES.values():
        if kind.older is not None:
            # Newer than pydicom's tables; those before them are not.
            assert kind.structure_code not in enface
            assert SLAB_TYPES[kind.older].structure_code in enface
            continue
        assert enface[kind.structure_code] == kind.structure_meaning
        assert enface[kind.flow_code] == kind.flow_meaning
    # The EZ has a code of its own since September 2024, after pydicom's tables.
    assert {surface.code for surface in SURFACES} - set(surfaces) <= {"128321"}
    for method in FLOW_METHODS.values():
        assert families[method.code] == method.family


def test_all_slabs_of_the_context_group_are_there() -> None:
    named = {kind.flow_code for kind in SLAB_TYPES.values()}
    flows = {code for code, meaning in meanings(4271).items() if meaning.endswith("flow")}
    assert flows <= named


@given(st.sampled_from(SURFACE_NAMES), st.integers(-4000, 4000))
def test_a_written_bound_is_read_back(name: str, tenths: int) -> None:
    bound = Bound(name, tenths / 10)
    assert Bound.parse(str(bound)) == bound
    assert Bound.parse(str(bound).lower().replace("um", "µm")) == bound


def test_a_written_slab_is_read_back() -> None:
    for kind in SLAB_TYPES.values():
        assert Slab.parse(str(kind.slab)) == kind.slab


@pytest.mark.parametrize("text", ["ILM", "ILM..", "..BM", "ILM..XYZ", "ILM..BM+tenum", "a..b..c"])
def test_text_that_is_not_a_slab_is_an_error_with_a_reason(text: str) -> None:
    with pytest.raises(UnknownName) as caught:
        Slab.parse(text)
    assert "\n" not in str(caught.value)


def test_presets_have_the_names_that_people_use() -> None:
    assert slab_type("Superficial").name == "superficial"
    assert slab_type("DCP").name == "deep-plexus"
    assert slab_type("outer retina").name == "outer"
    assert str(slab_type("avascular complex").slab) == "OPL+10um..BM"
    with pytest.raises(UnknownName, match="vitreous, superficial, intermediate, deep"):
        slab_type("sclera")


def test_an_offset_in_micrometres_becomes_rows() -> None:
    surfaces = {"BM": np.array([[100.0, np.nan]], np.float32)}
    rows = bound_rows(Bound("BM", 12), surfaces, 0.004, (1, 300, 2))
    assert rows[0, 0] == 103
    assert np.isnan(rows[0, 1])
    assert bound_rows(Bound("top"), {}, 0.004, (1, 300, 2)).tolist() == [[-0.5, -0.5]]
    assert bound_rows(Bound("bottom"), {}, 0.004, (1, 300, 1)).tolist() == [[299.5]]
