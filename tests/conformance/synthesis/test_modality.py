"""The Modality of a CIOD."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slots import SlotAt

from octome.conformance.synthesis.modality import modality


@pytest.mark.parametrize(
    ("ciod", "word"),
    [
        ("ct-image", "CT"),
        # Rows before "rt-" and "mr-" go first.
        ("rt-image", "RTIMAGE"),
        ("rt-dose", "RTDOSE"),
        ("mr-image", "MR"),
        ("digital-mammography-x-ray-image", "MG"),
        ("mammography-cad-sr", "SR"),
        ("ophthalmic-tomography-image", "OPT"),
        ("ophthalmic-optical-coherence-tomography-en-face-image", "OPTENF"),
        ("surface-segmentation", "SEG"),
        ("raw-data", "OT"),
        ("xa-defined-procedure-protocol", "XAPROTOCOL"),
        ("ct-defined-procedure-protocol", "CTPROTOCOL"),
    ],
)
def test_the_ciod_decides_the_modality(slot_at: SlotAt, ciod: str, word: str) -> None:
    # The protocols are of editions that are newer than the slot's.
    slot = slot_at("ct-image", "Modality")
    assert modality(replace(slot, plan=replace(slot.plan, ciod=ciod))) == word
