"""Context groups in the terminal."""

from __future__ import annotations

from octome.standard.model.context_group import ContextGroupPage, GroupCode, GroupInclusion
from octome.terminal.codes import code_rows, stated_rows

CODE = GroupCode(scheme="SCT", value="42", meaning="", path="/codes/SCT/42", included_from=4)
NEWTS = GroupInclusion(
    cid=4, name="Newts", path="/context-groups/4", by=1, before=0, codes=1, expansion="expanded"
)
ABSENT = GroupInclusion(cid=9, name="", path="", by=4, before=1, codes=0, expansion="absent")


def page(*, is_in_standard_order: bool) -> ContextGroupPage:
    return ContextGroupPage(
        path="/context-groups/1",
        edition="2099a",
        title="Frogs",
        cid=1,
        uid="1.2.3",
        version="",
        is_extensible=False,
        notes=None,
        codes=(CODE,),
        includes=(NEWTS, ABSENT),
        included_by=(),
        is_in_standard_order=is_in_standard_order,
        dictionary="2099a",
        cited_by=(),
        standard_url="",
    )


def test_includes_stand_above_their_codes() -> None:
    assert code_rows(page(is_in_standard_order=True)) == [
        ("CID 1", "includes", "CID 4", "Newts (1 codes)"),
        ("CID 4", "SCT", "42", "(no meaning given)"),
        ("CID 4", "includes", "CID 9", "(not in this edition)"),
    ]


def test_only_what_is_known_is_stated() -> None:
    assert dict(stated_rows(page(is_in_standard_order=True))) == {
        "CID": "1",
        "Edition": "2099a",
        "Extensible": "no: only these codes",
        "UID": "1.2.3",
    }
    assert "sorted" in dict(stated_rows(page(is_in_standard_order=False)))["Order"]
