"""What tests across instances share: findings in short, and changed copies of the chain."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many

CROSS_INSTANCE = {
    "instance-twice",
    "disagreement",
    "reference-class",
    "reference-frame",
    "reference-series",
    "reference-study",
    "purpose",
    "frame-of-reference",
    "series-of-two-kinds",
    "derivation-frame",
    "image-type-source",
    "bound-class",
    "bound-surface",
    "bound-code",
    "bound-offset",
    "bound-volume",
    "chain-eye",
    "chain-patient",
    "chain-size",
    "chain-spacing",
    "chain-orientation",
    "chain-time",
    "height-scale",
    "localizer",
}


def between(
    checker: Checker, *paths: Path, codes: Collection[str] = CROSS_INSTANCE
) -> list[tuple[str, str, str]]:
    """File, code and path of findings between instances."""
    checked = check_many(paths, checker)
    return [
        (Path(report.file).name, finding.code, finding.path)
        for report in checked.reports
        for finding in report.findings
        if finding.code in codes
    ]


def source_of(ds: Dataset, frame: int) -> Dataset:
    """The reference to the source image of a frame."""
    groups = ds.PerFrameFunctionalGroupsSequence[frame]
    return groups.DerivationImageSequence[0].SourceImageSequence[0]
