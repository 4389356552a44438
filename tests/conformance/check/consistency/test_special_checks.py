"""Which checks an instance needs."""

from __future__ import annotations

from small_instance import ct_image, dataset, encoded

from octome.conformance.check.consistency.checks import GENERAL, checks_of
from octome.conformance.check.consistency.special_checks import GROUPS
from octome.dicom.part10 import read_encoded


def test_no_check_is_listed_twice() -> None:
    checks = [*GENERAL, *(check for group in GROUPS for check in group.checks())]
    assert len(set(checks)) == len(checks)


def test_an_image_needs_the_general_checks_alone() -> None:
    assert tuple(checks_of(read_encoded(encoded(ct_image())))) == GENERAL


def test_an_instance_needs_the_checks_of_what_it_has() -> None:
    ds = dataset(WaveformSequence=[], SegmentSequence=[])
    added = tuple(checks_of(read_encoded(encoded(ds))))[len(GENERAL) :]
    assert {check.__module__.rpartition(".")[2] for check in added} == {"segment", "waveform"}
