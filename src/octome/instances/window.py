"""Which stored values a viewer should show from black to white (PS3.3 C.11.2)."""

from __future__ import annotations

import numpy as np
from pydicom.dataset import Dataset

from octome.errors import NothingThere
from octome.instances.scale import Stored

SAMPLES = 1_000_000  # values: enough to estimate percentiles


def window_of(stored: Stored, dark_percent: float, bright_percent: float) -> tuple[int, int]:
    """Window Center and Window Width between two percentiles of the values above 0.

    Raises
    ------
    NothingThere
        All values are 0: nothing was recorded.

    Examples
    --------
    >>> window_of(np.array([0, 10, 20, 30], np.uint16), 0, 100)
    (20, 20)
    """
    flat = stored.reshape(-1)
    present = flat[:: max(1, flat.size // SAMPLES)]
    present = present[present > 0]
    if present.size == 0:
        raise NothingThere("there is no image to write: no pixel has a value")
    low, high = np.percentile(present, (dark_percent, bright_percent))
    width = max(2, int(high - low))
    return int(low) + width // 2, width


def frame_window(stored: Stored, dark_percent: float, bright_percent: float) -> list[Dataset]:
    """Frame VOI LUT Sequence of a volume, for all its frames (PS3.3 C.7.6.16.2.10)."""
    item = Dataset()
    item.WindowCenter, item.WindowWidth = window_of(stored, dark_percent, bright_percent)
    return [item]
