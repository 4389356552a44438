"""Kernels work without a cache folder, and work is shared out completely."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from octome.octa.kernel import blocks, share

WITHOUT_CACHE = """
from numba.core import caching
caching.CacheImpl._locator_classes = []
import numpy as np
from octome.octa.flow.amplitude import decorrelation
print(decorrelation(np.float32([1, 3]).reshape(1, 2, 1, 1)).item())
"""


def test_a_kernel_runs_where_there_is_no_folder_to_keep_it_in() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_CACHE], capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert float(done.stdout) == pytest.approx(0.4)


def test_importing_a_step_is_quick_enough_for_a_command() -> None:
    # What it imports is the claim, not how long it took: nothing slow, and nothing is compiled.
    code = (
        "import sys, octome.octa.angiography as a;"
        "from octome.octa.structure import _mean;"
        "slow = ('scipy.signal', 'scipy.stats', 'scipy.optimize', 'matplotlib', 'pydicom');"
        "print(len(_mean.signatures), [name for name in slow if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout.split() == ["0", "[]"]


@pytest.mark.parametrize("count", [0, 1, 7, 100])
@pytest.mark.parametrize("size", [0, 1, 3])
def test_every_row_is_dealt_out_once(count: int, size: int) -> None:
    touched = np.zeros(count, int)

    def work(block: slice) -> None:
        touched[block] += 1

    share(work, count, size)
    assert (touched == 1).all()
    assert sum(block.stop - block.start for block in blocks(count, size or 5)) == count


def test_an_error_in_a_thread_reaches_the_caller() -> None:
    def work(block: slice) -> None:
        if block.start > 3:
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        share(work, 20, 2)
