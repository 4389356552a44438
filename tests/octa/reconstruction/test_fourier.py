"""The Fourier transforms that may be used."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import UnknownName
from octome.octa.reconstruction.fourier import BACKENDS, Workspace, available, chosen


@pytest.mark.parametrize("name", BACKENDS)
def test_every_library_gives_the_same_transform_along_the_samples(name: str) -> None:
    if name not in available():
        pytest.skip(f"{name} is not installed")
    workspace = Workspace(64, 3, name)
    rng = np.random.default_rng(0)
    block = (rng.normal(size=(64, 3)) + 1j * rng.normal(size=(64, 3))).astype(np.complex64)
    workspace.block[:] = block
    np.testing.assert_allclose(
        workspace.transform(), np.fft.fft(block, axis=0), rtol=1e-3, atol=1e-4
    )


def test_scipy_is_always_there_and_auto_takes_the_first() -> None:
    assert "scipy" in available()
    assert chosen("auto") == available()[0]
    with pytest.raises(UnknownName, match="scipy"):
        chosen("fftw3")
