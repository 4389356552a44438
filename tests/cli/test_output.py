"""What commands share: data, errors, progress, pictures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from octome.cli import output
from octome.errors import AcquisitionUnwritable, UnknownName, UnknownPath

NEAR = {"path": "/ciods/cr-image", "title": "CR Image", "editions": ["2020b"]}


def test_data_is_readable_utf_8(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json({"name": "Müller"})
    assert capsys.readouterr().out == '{\n  "name": "Müller"\n}\n'


@pytest.mark.parametrize("items", [[], [{"name": "Müller\n"}], [1, [], {"a": [2]}]])
def test_a_list_by_items_is_printed_as_the_whole_is(
    capsys: pytest.CaptureFixture[str], items: list[object]
) -> None:
    output.print_json_list("frogs", iter(items), {"tea": [3], "pond": {}})
    by_items = capsys.readouterr().out
    output.print_json({"frogs": items, "tea": [3], "pond": {}})
    assert by_items == capsys.readouterr().out


def test_an_error_is_one_line_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        output.refuse(UnknownName("no size 'huge'", found="huge"), as_json=False)
    assert ended.value.code == 2
    assert capsys.readouterr() == ("", "octome: no size 'huge'\n")


def test_an_error_as_data_has_code_message_and_details(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        output.refuse(UnknownName("no size 'huge'", found="huge"), as_json=True)
    assert json.loads(capsys.readouterr().err) == {
        "code": "unknown-name",
        "message": "no size 'huge'",
        "details": {"found": "huge"},
    }


def test_an_unknown_path_offers_the_nearest_with_its_edition(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        output.refuse(UnknownPath("there is no /x", nearest=[NEAR]), as_json=False)
    assert capsys.readouterr().err.splitlines() == [
        "octome: there is no /x",
        "perhaps:",
        "  /ciods/cr-image  --edition 2020b  (CR Image)",
    ]


def test_unknown_path_near_to_nothing_points_to_the_search(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        output.refuse(UnknownPath("there is no /x", nearest=[]), as_json=False)
    assert "octome search" in capsys.readouterr().err


def test_progress_is_silent_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress("Long work") as update:
        update("step", 0.5)
    assert capsys.readouterr() == ("", "")


def test_a_picture_is_whole_or_an_error_of_the_callers_kind(tmp_path: Path) -> None:
    picture = Image.new("L", (3, 2))
    output.write_picture(tmp_path / "a.png", picture, AcquisitionUnwritable)
    with Image.open(tmp_path / "a.png") as read:
        assert read.size == (3, 2)
    with pytest.raises(AcquisitionUnwritable, match=r"cannot write .*b.png: No such file"):
        output.write_picture(tmp_path / "no" / "b.png", picture, AcquisitionUnwritable)
