"""What each kind of page has to copy."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.web.copyable import copyables


def copied(library: Library, path: str) -> dict[str, str]:
    return {one.label: one.text for one in copyables(library.at(path), f"{path}?edition=2026b")}


def test_attribute_in_a_sequence_has_its_way_in_python_and_json(library: Library) -> None:
    path = "/modules/general-reference/00081140/00081150"
    assert copied(library, path) == {
        "Tag": "(0008,1150)",
        "Keyword": "ReferencedSOPClassUID",
        "Python": "ds.ReferencedImageSequence[0].ReferencedSOPClassUID",
        "DICOM JSON": '{"00081140": {"vr": "SQ", "Value": [{"00081150": {"vr": "UI"}}]}}',
        "Path": path,
        "Permalink": f"{path}?edition=2026b",
        "Official page": library.attribute_at(path).standard_url,
    }


@pytest.mark.parametrize(
    ("path", "label", "text"),
    [
        ("/attributes/00280030", "Python", "ds.PixelSpacing"),
        ("/uids/1.2.840.10008.1.2.1", "UID", "1.2.840.10008.1.2.1"),
        ("/sections/C.7.6.3.1.2", "Section", "PS3.3 C.7.6.3.1.2"),
        ("/ciods/ct-image", "SOP class UID", "1.2.840.10008.5.1.4.1.1.2"),
        ("/context-groups/29", "Number", "CID 29"),
    ],
)
def test_page_has_what_it_is_called(library: Library, path: str, label: str, text: str) -> None:
    assert copied(library, path)[label] == text


def test_json_of_an_attribute_with_two_vrs_is_not_guessed(library: Library) -> None:
    assert "DICOM JSON" not in copied(library, "/attributes/7fe00010")


def test_repeating_group_has_no_way_in_python(library: Library) -> None:
    assert "Python" not in copied(library, "/attributes/60xx3000")


def test_lists_have_nothing_to_copy(library: Library) -> None:
    assert copied(library, "/uids") == {}
