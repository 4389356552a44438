"""What octome is called fits the attributes that carry it."""

from __future__ import annotations

from octome.archive.association import application_entity
from octome.dicom.implementation import IMPLEMENTATION_CLASS, IMPLEMENTATION_VERSION


def test_the_names_can_be_written() -> None:
    assert IMPLEMENTATION_CLASS.is_valid
    assert IMPLEMENTATION_VERSION.startswith("OCTOME ")
    assert len(IMPLEMENTATION_VERSION) <= 16


def test_associations_carry_them() -> None:
    entity = application_entity("OCTOME")
    assert entity.implementation_class_uid == IMPLEMENTATION_CLASS
    assert entity.implementation_version_name == IMPLEMENTATION_VERSION
