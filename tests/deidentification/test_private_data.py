"""Which private elements are safe, and what is left of a recorder's metadata."""

from __future__ import annotations

import json
from dataclasses import fields

from pydicom.dataset import Dataset
from rewritten_instance import encoded, rewritten

from octome.deidentification.options import Options
from octome.deidentification.private_data import (
    OPTICS,
    RAW,
    RAW_DATA_CLASS,
    SAFE,
    SURFACES,
    WORDS,
    safe_metadata,
)
from octome.instances.code import SCAN_CENTRES
from octome.instances.device import DETECTOR_TYPES, Optics
from octome.instances.raw_array import ARRAY_GROUP, CREATOR
from octome.instances.raw_data import METADATA_GROUP
from octome.instances.surface_rating import CREATOR as OF_SURFACES
from octome.instances.surface_rating import GROUP
from octome.standard.library import Library


def test_safe_blocks_are_those_that_octome_writes() -> None:
    written = {(CREATOR, METADATA_GROUP), (CREATOR, ARRAY_GROUP), (OF_SURFACES, GROUP)}
    assert set(SAFE) == written
    assert (RAW, SURFACES) == (CREATOR, OF_SURFACES)


def test_optics_are_those_of_a_device_profile() -> None:
    assert {each.name for each in fields(Optics)} | {"detector_type", "centred_on"} == OPTICS
    assert {"detector_type": DETECTOR_TYPES, "centred_on": SCAN_CENTRES} == WORDS


def test_words_that_may_be_anything_do_not_stay() -> None:
    data = {"centred_on": "Kermit was here", "depth_resolution_um": [1], "frog": 1.0}
    assert safe_metadata(json.dumps(data)) == safe_metadata("[1]") == safe_metadata("{") == b"{}"
    long = {"centred_on": "macula", "illumination_power_uw": 6123456789}
    assert safe_metadata(json.dumps(long)) == b'{"centred_on": "macula"}'


def test_elements_that_only_claim_to_be_octomes_do_not_stay(library: Library) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = RAW_DATA_CLASS, "1.2.3"
    block = ds.private_block(0x79, RAW, create=True)
    block.add_new(0x01, "CS", "SPECTRA")
    block.add_new(0x03, "CS", "KERMIT")
    block.add_new(0x04, "LO", "Kermit")
    array = ds.private_block(0x7FE1, RAW, create=True)
    array.add_new(0x55, "LT", "Kermit")
    array.add_new(0x01, "OB", b"1234")
    options = Options(retain=frozenset({"safe-private"}))
    new = rewritten(encoded(ds), library, options=options)
    kept = [element.tag for element in new if element.tag.is_private]
    assert kept == [0x00790010, 0x00791001, 0x7FE10010, 0x7FE11001]
    ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    new = rewritten(encoded(ds), library, options=options)
    assert not [element for element in new if element.tag.is_private]
