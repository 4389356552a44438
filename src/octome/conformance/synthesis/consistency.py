"""Values that depend on other attributes, set after all attributes are present."""

from __future__ import annotations

from pydicom.dataset import Dataset

from octome.conformance.synthesis.bulk import arrange_spectra
from octome.conformance.synthesis.pixel import arrange_pixels
from octome.conformance.synthesis.reference import list_references
from octome.conformance.synthesis.waveform import arrange_waveforms


def arrange(ds: Dataset) -> None:
    """Make attributes agree."""
    for image in (ds, *(ds.get("IconImageSequence") or ())):
        arrange_pixels(image)
    arrange_waveforms(ds)
    arrange_spectra(ds)
    list_references(ds)
