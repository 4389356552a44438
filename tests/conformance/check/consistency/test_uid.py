"""UIDs of the instance itself."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import Said


def test_no_two_things_share_a_uid(ct: Dataset, said: Said) -> None:
    ct.FrameOfReferenceUID = ct.StudyInstanceUID
    assert said(ct) == ["violation uid-reused FrameOfReferenceUID"]
