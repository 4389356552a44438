"""Changed copies of the instances of the chain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset

Save = Callable[[Dataset, str], Path]


@pytest.fixture
def changed(made_chain, saved: Save) -> Callable[[str, Callable[[Dataset], None]], Path]:  # type: ignore[no-untyped-def]
    def change(name: str, how: Callable[[Dataset], None]) -> Path:
        ds = dcmread(made_chain.file(name))
        how(ds)
        return saved(ds, f"{Path(name).name}.dcm")

    return change
