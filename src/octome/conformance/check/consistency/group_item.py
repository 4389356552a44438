"""The data sets that may have an attribute of a functional group."""

from __future__ import annotations

from collections.abc import Iterator

from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG


def root_and_group_items(
    encoded: Encoded, group: int, keyword: str
) -> Iterator[tuple[DataSet, str]]:
    """The root, and the items of a functional group, shared or per frame, each with its path.

    Of an attribute that is in no group, only the root.
    """
    yield encoded.data_set, ""
    if not group:
        return
    for sequence, name in (
        (TAG.SharedFunctionalGroupsSequence, "Shared"),
        (TAG.PerFrameFunctionalGroupsSequence, "PerFrame"),
    ):
        for number, frame in enumerate(encoded.data_set.items(sequence)):
            for at, item in enumerate(frame.items(group)):
                yield item, f"{name}FunctionalGroupsSequence[{number}].{keyword}[{at}]."
