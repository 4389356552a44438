"""The kinds of instances: letters, series and classes of PS3.3 Figure C.8.17.14-1."""

from __future__ import annotations

import pytest

from octome.instances.instance_kind import KINDS


def test_each_kind_has_its_own_letter_name_and_series() -> None:
    assert [kind.letter for kind in KINDS] == ["A", "B", "C", "D1", "D2", "E", "F"]
    assert [kind.series_number for kind in KINDS] == list(range(1, 8))
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    ("letter", "name", "modality"),
    [
        ("A", "Raw Data Storage", "OPT"),
        ("B", "Ophthalmic Tomography Image Storage", "OPT"),
        ("C", "Ophthalmic Optical Coherence Tomography B-scan Volume Analysis Storage", "OPTBSV"),
        ("D1", "Surface Segmentation Storage", "SEG"),
        ("F", "Ophthalmic Optical Coherence Tomography En Face Image Storage", "OPTENF"),
    ],
)
def test_a_kind_is_of_the_class_that_pydicoms_dictionary_names(letter, name, modality) -> None:
    (kind,) = (kind for kind in KINDS if kind.letter == letter)
    assert (kind.sop_class.name, kind.modality) == (name, modality)
