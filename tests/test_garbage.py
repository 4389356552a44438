"""The garbage collector is off only where it is turned off."""

from __future__ import annotations

import gc

import pytest

from octome.garbage import no_garbage_collection


def test_the_collector_is_on_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="frog"):
        _fail()
    assert gc.isenabled()


def _fail() -> None:
    with no_garbage_collection():
        assert not gc.isenabled()
        raise ValueError("frog")
