"""Values that depend on other attributes, set after all attributes are present."""

from __future__ import annotations

from pydicom.dataset import Dataset

from octome.conformance.check.consistency.item_row import rows
from octome.conformance.check.consistency.radiotherapy import COUNTED
from octome.conformance.synthesis.bulk import arrange_spectra
from octome.conformance.synthesis.pixel import arrange_pixels
from octome.conformance.synthesis.reference import list_references
from octome.conformance.synthesis.waveform import arrange_waveforms


def arrange(ds: Dataset) -> None:
    """Make attributes agree."""
    for image in (ds, *(ds.get("IconImageSequence") or ())):
        arrange_pixels(image)
    remove_excluded(ds, ds.get("SOPClassUID", ""))
    arrange_counts(ds)
    arrange_time_weights(ds)
    if "EncapsulatedDocumentLength" in ds:
        ds.EncapsulatedDocumentLength = len(ds.EncapsulatedDocument)
    arrange_waveforms(ds)
    arrange_spectra(ds)
    list_references(ds)


def remove_excluded(ds: Dataset, sop_class: str, within: int = 0) -> None:
    """Remove what another attribute excludes in instances of the class (PS3.3 C.11.13)."""
    for tag in list(ds.keys()):
        for row in rows().get(tag, ()):
            is_here = row.within in (0, within) and row.is_about(sop_class)
            if row.rule == "excludes" and not row.value and is_here and row.other in ds:
                del ds[row.other]
    for element in ds:
        for item in element.value if element.VR == "SQ" else ():
            remove_excluded(item, sop_class, element.tag)


def arrange_time_weights(ds: Dataset) -> None:
    """Begin each channel of brachytherapy at 0, and end it at its whole time (PS3.3 C.8.8.15)."""
    for setup in ds.get("ApplicationSetupSequence") or ():
        for channel in setup.get("ChannelSequence") or ():
            points = channel.get("BrachyControlPointSequence") or ()
            for point, weight in zip(
                points, (0, channel.get("FinalCumulativeTimeWeight")), strict=False
            ):
                point.CumulativeTimeWeight = weight


def arrange_counts(ds: Dataset) -> None:
    """State how many items each sequence has (PS3.3 C.8.8.13, 14 and 25, and others)."""
    for element in list(ds):
        for row in rows().get(element.tag, ()):
            if row.rule == "items" and row.other in ds and ds[row.other].value:
                element.value = len(ds[row.other].value)
        for item in element.value if element.VR == "SQ" else ():
            arrange_counts(item)
    for sequence, _, counts, _ in COUNTED:
        for item in ds[sequence].value if sequence in ds else ():
            for count, _, items in counts:
                if count in item:
                    item[count].value = len(item[items].value) if items in item else 0
