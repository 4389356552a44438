"""Which private elements are safe, and what is left of a recorder's metadata."""

from __future__ import annotations

import json
from dataclasses import fields

from octome.deidentification.private_data import OPTICS, RAW, SAFE, SURFACES, safe_metadata
from octome.instances.device import Optics
from octome.instances.raw_array import ARRAY_GROUP, CREATOR
from octome.instances.raw_data import METADATA_GROUP
from octome.instances.surface_rating import CREATOR as OF_SURFACES
from octome.instances.surface_rating import GROUP


def test_safe_blocks_are_those_that_octome_writes() -> None:
    written = {(CREATOR, METADATA_GROUP), (CREATOR, ARRAY_GROUP), (OF_SURFACES, GROUP)}
    assert set(SAFE) == written
    assert (RAW, SURFACES) == (CREATOR, OF_SURFACES)


def test_optics_are_those_of_a_device_profile() -> None:
    assert {each.name for each in fields(Optics)} | {"detector_type", "centred_on"} == OPTICS


def test_words_that_may_be_anything_do_not_stay() -> None:
    data = {"centred_on": "Kermit was here", "depth_resolution_um": [1], "frog": 1.0}
    assert safe_metadata(json.dumps(data)) == safe_metadata("[1]") == safe_metadata("{") == b"{}"
