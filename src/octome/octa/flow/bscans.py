"""One flow algorithm, B-scan by B-scan, on all cores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32
from octome.octa.kernel import share
from octome.octa.repeats import amplitude_of, checked_out, checked_repeats, used_repeats

Frames = NDArray[Any]
# Repeats (R, Z, X), indices of the usable ones, noise floor, and where to write (Z, X).
Work = Callable[[Frames, NDArray[np.int64], np.float32, Float32], object]


def flow_by_bscan(
    repeats: Frames,
    work: Work,
    *,
    usable: NDArray[np.bool_] | None,
    noise_floor: float,
    out: Float32 | None,
    amplitude: bool = True,
) -> Float32:
    """The flow volume that `work` makes of each B-scan; NaN where under two repeats are usable."""
    bscans, count, *frame = checked_repeats(repeats, least=2)
    used = used_repeats(usable, bscans, count)
    out = checked_out(out, (bscans, *frame))
    floor = np.float32(noise_floor)

    def run(block: slice) -> None:
        for b in range(block.start, block.stop):
            if len(used[b]) < 2:
                out[b] = np.nan
            else:
                frames = amplitude_of(repeats[b]) if amplitude else repeats[b]
                work(frames, used[b], floor, out[b])

    share(run, bscans)
    return out
