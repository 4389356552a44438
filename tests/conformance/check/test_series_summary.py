"""Findings by series: each attribute once, with the number of files."""

from __future__ import annotations

from pathlib import Path

from pydicom.dataset import Dataset
from small_instance import ct_image, encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many
from octome.conformance.check.series_summary import SeriesSummary, series_summaries


def of(folder: Path, checker: Checker, *data_sets: Dataset) -> list[SeriesSummary]:
    for at, ds in enumerate(data_sets):
        ds.SOPInstanceUID = f"2.25.7.{at}"
        (folder / f"{at}.dcm").write_bytes(encoded(ds))
    checked = check_many([folder], checker)
    return series_summaries(checked.reports, checked.summaries, ["violation", "warning"])


def test_files_are_counted_not_items(tmp_path: Path, checker_2020: Checker) -> None:
    ds = ct_image()
    ds.ReferencedImageSequence = [Dataset(), Dataset()]
    for item in ds.ReferencedImageSequence:
        item.ReferencedSOPInstanceUID = "2.25.8"
    [series] = of(tmp_path, checker_2020, ds, ct_image())
    [common] = series.findings
    assert common.path == "ReferencedImageSequence[].ReferencedSOPClassUID"
    assert (common.files, series.files, common.is_alike) == (1, 2, True)


def test_messages_that_differ_are_known(tmp_path: Path, checker_2020: Checker) -> None:
    one, two = ct_image(), ct_image()
    one.ImageType, two.ImageType = ["A", "PRIMARY", "AXIAL"], ["B", "PRIMARY", "AXIAL"]
    [series] = of(tmp_path, checker_2020, one, two)
    assert [(each.path, each.files, each.is_alike) for each in series.findings] == [
        ("ImageType", 2, False)
    ]
