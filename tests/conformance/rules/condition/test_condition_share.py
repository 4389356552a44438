"""The conditions of the edition with text: how many are understood, and how fast."""

from __future__ import annotations

import time

from condition_share import decided_on_instances, shares

from octome.standard.library import Library


def test_the_share_of_conditions_understood_does_not_fall(library: Library) -> None:
    found = shares(library)
    assert min(share.by_use for share in found.values()) > 0.95
    assert min(share.by_text for share in found.values()) > 0.6


def test_no_condition_takes_long_to_parse(library: Library) -> None:
    # No pattern may walk back and forth: the whole edition is some 1,600 texts.
    began = time.process_time()
    shares(library)
    assert time.process_time() - began < 60


def test_most_conditions_are_decided_on_an_instance(library: Library) -> None:
    assert decided_on_instances(library, ["enhanced-mr-image", "rt-ion-plan"]) > 0.8
