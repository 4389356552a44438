"""The table of codes."""

from __future__ import annotations

from slots import SlotAt

from octome.conformance.synthesis.code_table import CODES, listed_code
from octome.errors import UnknownPath
from octome.standard.library import Library


def has_codes(library: Library, cid: int, edition: str) -> bool:
    try:
        return bool(library.context_group(cid, edition).codes)
    except UnknownPath:
        return False


def test_each_context_group_has_codes(library: Library) -> None:
    cids = {code for code in CODES.values() if isinstance(code, int)}
    missing = {cid for cid in cids if not any(has_codes(library, cid, e) for e in library.editions)}
    assert missing == set()


def test_each_code_fits_its_attributes() -> None:
    for row, code in CODES.items():
        if isinstance(code, tuple):
            sizes = [len(word) for word in code]  # SH, SH and LO (PS3.5 6.2)
            assert min(sizes) > 0, row
            assert all(size <= most for size, most in zip(sizes, (16, 16, 64), strict=True)), row


def test_the_narrowest_name_wins(slot_at: SlotAt) -> None:
    assert listed_code(slot_at("digital-x-ray-image", "ViewCodeSequence")) == 4010
    assert listed_code(slot_at("digital-mammography-x-ray-image", "ViewCodeSequence")) == 4014
    assert listed_code(slot_at("ct-image", "ProcedureCodeSequence")) is None
