"""Questions are answered by attributes with that kind of value."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("who did the scan", "Operators' Name"),
        ("who ordered the exam", "Requesting Physician"),
        ("who read the images", "Name of Physician(s) Reading Study"),
        ("when was the image taken", "Acquisition Date"),
        ("where was the image made", "Institution Name"),
        ("how many slices", "Number of Slices"),
        ("how old is the patient", "Patient's Age"),
        ("how thick is a slice", "Slice Thickness"),
    ],
)
def test_question_leads_to_what_answers_it(library: Library, query: str, title: str) -> None:
    assert title in [hit.title for hit in library.search(query).hits[:2]]


def test_question_about_another_thing_is_no_question_of_persons(library: Library) -> None:
    assert library.search("who made the image").hits[0].title.startswith("Manufacturer")
    assert library.search("how many bits per pixel").hits[0].title == "Bits Stored"
