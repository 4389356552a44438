"""Where attributes stand that a functional group may hold."""

from __future__ import annotations

from collections.abc import Iterator

from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG


def placed(encoded: Encoded, group: int, keyword: str) -> Iterator[tuple[DataSet, str]]:
    """The root, and a functional group wherever it stands, each with the path to it."""
    yield encoded.data_set, ""
    for holder, name in (
        (TAG.SharedFunctionalGroupsSequence, "Shared"),
        (TAG.PerFrameFunctionalGroupsSequence, "PerFrame"),
    ):
        for number, frame in enumerate(encoded.data_set.items(holder)):
            for at, item in enumerate(frame.items(group)):
                yield item, f"{name}FunctionalGroupsSequence[{number}].{keyword}[{at}]."
