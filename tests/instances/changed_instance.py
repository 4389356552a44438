"""Instances with other values, and the errors that readers raise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset

from octome.errors import OctomeError

Change = Callable[[Dataset], object]


def changed(whole: Path, path: Path, change: Change) -> Path:
    """A copy with other values."""
    instance = pydicom.dcmread(whole)
    with pydicom.config.disable_value_validation():
        change(instance)
        instance.save_as(path)
    return path


def refusal(read: Callable[[], object], *, names: Path) -> str:
    """The error of a reader for this file: one line that names the file."""
    with pytest.raises(OctomeError) as caught:
        read()
    message = str(caught.value)
    assert str(names) in message
    assert message.isprintable()
    return message


def shared(ds: Dataset, macro: str) -> Dataset:
    """The item of a macro in the shared functional groups."""
    item: Dataset = ds.SharedFunctionalGroupsSequence[0][macro].value[0]
    return item


def frame(ds: Dataset, at: int) -> Dataset:
    """The Plane Position of one frame."""
    item: Dataset = ds.PerFrameFunctionalGroupsSequence[at].PlanePositionSequence[0]
    return item
