"""The titles of key objects."""

from __future__ import annotations

import pytest
from report_items import KEY_OBJECTS, Code, code, instance, item, report
from small_instance import WrongIn

TITLE = "ConceptNameCodeSequence[0]"
BEST: Code = ("113013", "DCM", "Best In Set")
MODIFIER: Code = ("113011", "DCM", "Document Title Modifier")
SERIES: Code = ("113015", "DCM", "Series")


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        (("113000", "DCM", "Of Interest"), []),
        (("ribbit", "99POND", "Frogs"), []),
        (("121071", "DCM", "Finding"), [f"note key-objects {TITLE}"]),
        (("999999", "DCM", "Later"), [f"undecided key-objects {TITLE}"]),
    ],
)
def test_a_title_is_of_its_context_group(
    wrong_in_report: WrongIn, title: Code, wrong: list[str]
) -> None:
    assert wrong_in_report(report(KEY_OBJECTS, instance(), title=title)) == wrong


def test_the_best_in_a_set_names_the_set(wrong_in_report: WrongIn) -> None:
    ds = report(KEY_OBJECTS, instance(), title=BEST)
    assert wrong_in_report(ds) == ["warning key-objects ContentSequence"]
    modifier = item(
        "CODE",
        relationship="HAS CONCEPT MOD",
        concept=MODIFIER,
        ConceptCodeSequence=[code(SERIES)],
    )
    assert wrong_in_report(report(KEY_OBJECTS, modifier, instance(), title=BEST)) == []


def test_a_key_object_has_no_purpose(wrong_in_report: WrongIn) -> None:
    title = ("113000", "DCM", "Of Interest")
    image = instance(concept=("121071", "DCM", "Finding"))
    path = "ContentSequence[0].ConceptNameCodeSequence"
    assert wrong_in_report(report(KEY_OBJECTS, image, title=title)) == [f"note key-objects {path}"]
