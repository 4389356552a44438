"""Questions about CIODs, modules, macros and attributes have the pages that paths have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.model.page import Page


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/ciods", lambda library: library.ciod_index()),
        ("/ciods/ct-image", lambda library: library.ciod("ct-image")),
        ("/modules", lambda library: library.module_index()),
        ("/modules/patient", lambda library: library.module("patient")),
        (
            "/ciods/ct-image/image-plane",
            lambda library: library.module("image-plane", ciod="ct-image"),
        ),
        ("/macros", lambda library: library.macro_index()),
        (
            "/ciods/ct-image/image-plane/00280030",
            lambda library: library.attribute_at("ciods/ct-image/image-plane/PixelSpacing"),
        ),
        (
            "/modules/patient/00100010",
            lambda library: library.attribute_at("/modules/patient/PatientName"),
        ),
        ("/attributes", lambda library: library.attribute_index()),
        ("/attributes/00280030", lambda library: library.attribute("PixelSpacing")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_answer_of_each_question_is_the_page_at_its_path(
    library: Library, path: str, page: Callable[[Library], Page]
) -> None:
    answer = page(library)
    assert answer.path == path
    assert answer == library.at(path)


@pytest.mark.parametrize(
    "question",
    [
        lambda library: library.ciod("ct-imag"),
        lambda library: library.module("patien"),
        lambda library: library.module("frog", ciod="ct-image"),
        lambda library: library.macro("frog"),
        lambda library: library.attribute("Frog"),
        lambda library: library.attribute_at("/modules/patient"),
        lambda library: library.attribute_at("modules/patient/Frog"),
    ],
)
def test_question_without_an_answer_is_an_unknown_path(
    library: Library, question: Callable[[Library], Page]
) -> None:
    with pytest.raises(UnknownPath):
        question(library)


def test_ciods_are_those_of_the_index(library: Library) -> None:
    assert library.ciods(order="name") == library.ciod_index(order="name").ciods
