"""Many files: folders, errors, processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydicom.dataset import Dataset

from octome.conformance.check import inputs, many
from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many
from octome.errors import InstanceUnreadable

Save = Callable[[Dataset, str], Path]


def test_folders_are_walked_in_order_and_other_files_counted(
    ct: Dataset, saved: Save, checker: Checker, tmp_path: Path
) -> None:
    for name in ("b.dcm", "a.dcm"):
        saved(ct, name)
    (tmp_path / "notes.txt").write_text("no instance at all")
    (tmp_path / ".hidden").write_text("not looked at")
    checked = check_many([tmp_path], checker)
    assert [Path(report.file).name for report in checked.reports] == ["a.dcm", "b.dcm"]
    assert (checked.refused, checked.skipped) == ((), 1)


def test_a_named_file_that_is_not_an_instance_is_reported_and_the_others_are_checked(
    ct: Dataset, saved: Save, checker: Checker, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no instance at all")
    checked = check_many([tmp_path / "notes.txt", saved(ct, "a.dcm")], checker)
    assert len(checked.reports) == 1
    assert [str(tmp_path / "notes.txt") in str(error) for error in checked.refused] == [True]


def test_progress_is_reported_for_each_file(ct: Dataset, saved: Save, checker: Checker) -> None:
    steps: list[tuple[int, int]] = []
    paths = [saved(ct, f"{n}.dcm") for n in range(3)]
    check_many(paths, checker, progress=lambda done, all_: steps.append((done, all_)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_several_processes_find_the_same_as_one(
    ct: Dataset, saved: Save, checker: Checker, monkeypatch
) -> None:
    ct.PatientSex = "X"
    paths = [saved(ct, f"{n}.dcm") for n in range(4)]
    alone = check_many(paths, checker)
    monkeypatch.setattr(many, "WORTH_PROCESSES", 2)
    assert check_many(paths, checker, processes=2) == alone


def test_what_cannot_be_read_in_a_folder_is_named(
    ct: Dataset, saved: Save, checker: Checker, tmp_path: Path
) -> None:
    saved(ct, "a.dcm")
    (tmp_path / "broken.dcm").write_text("no instance at all")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "notes.txt").write_text("no instance at all")
    checked = check_many([tmp_path], checker)
    assert [Path(str(each.details["path"])).name for each in checked.refused] == [
        "link",
        "broken.dcm",
    ]
    assert (len(checked.reports), checked.skipped) == (1, 1)


def test_a_file_of_a_folder_that_the_system_refuses_is_named(
    ct: Dataset, saved: Save, checker: Checker, monkeypatch
) -> None:
    path = saved(ct, "a")

    def refuse(*_: object) -> None:
        raise InstanceUnreadable("cannot read it: no permission", path=str(path))

    monkeypatch.setattr(inputs, "read_encoded", refuse)
    assert [str(each) for each in check_many([path.parent], checker).refused] == [
        "cannot read it: no permission"
    ]
