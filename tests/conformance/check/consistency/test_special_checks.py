"""Which checks an instance needs."""

from __future__ import annotations

from small_instance import ct_image, dataset, encoded

from octome.conformance.check.consistency.checks import GENERAL, NEEDED, checks_of
from octome.conformance.check.consistency.pixel_padding import padding_values
from octome.conformance.check.consistency.selector import selectors
from octome.conformance.check.consistency.special_checks import GROUPS
from octome.dicom.part10 import read_encoded


def test_no_check_is_listed_twice() -> None:
    checks = [*GENERAL, *(check for group in GROUPS for check in group.checks())]
    assert len(set(checks)) == len(checks)


def test_an_image_needs_the_general_checks_alone() -> None:
    found = set(checks_of(read_encoded(encoded(ct_image()))))
    assert set(GENERAL) - set(NEEDED) <= found <= set(GENERAL)


def test_an_instance_needs_the_checks_of_what_it_has() -> None:
    ds = dataset(WaveformSequence=[], SegmentSequence=[])
    added = set(checks_of(read_encoded(encoded(ds)))) - set(GENERAL)
    assert {check.__module__.rpartition(".")[2] for check in added} == {"segment", "waveform"}


def test_a_selected_attribute_is_found_in_any_item() -> None:
    item = dataset(SelectorAttribute=0x00180060)
    ds = dataset(AcquisitionProtocolElementSpecificationSequence=[item])
    assert selectors in checks_of(read_encoded(encoded(ds)))


def test_padding_may_have_a_limit_alone() -> None:
    ds = dataset(PixelPaddingRangeLimit=7)
    assert padding_values in checks_of(read_encoded(encoded(ds)))
