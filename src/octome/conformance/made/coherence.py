"""What attributes have to say of each other, once all of them are there."""

from __future__ import annotations

from octome.conformance.made.pixel import arrange_pixels
from octome.conformance.made.waveform import arrange_waveforms
from pydicom.dataset import Dataset

from octome.conformance.made.plan import Plan


def arrange(ds: Dataset, plan: Plan) -> None:
    """Make attributes agree."""
    arrange_pixels(ds)
    arrange_waveforms(ds)
