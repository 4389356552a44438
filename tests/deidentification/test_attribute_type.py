"""The Type of an attribute at the root, in items and in functional groups."""

from __future__ import annotations

from octome.conformance.rules.rulebook import Rulebook
from octome.deidentification.attribute_type import root_level
from octome.standard.library import Library

OPT = "1.2.840.10008.5.1.4.1.1.77.1.5.4"


def test_type_is_that_of_the_instances_own_modules(library: Library) -> None:
    root = root_level(Rulebook(library), OPT)
    assert root.need(0x00080018) == "1"
    assert root.need(0x00080020) == "2"
    assert root.need(0x0008103E) == "3"
    assert root.need(0x00221629) == "unknown"
    frame = root.inside(0x52009230).inside(0x00209111)  # Frame Content
    assert frame.need(0x00189074) == "1"
    assert frame.has(0x00209157)
    assert not frame.inside(0x00209157).has(0x00080018)


def test_nothing_is_known_of_a_private_class(library: Library) -> None:
    assert root_level(Rulebook(library), "1.2.3").need(0x00080018) == "unknown"
