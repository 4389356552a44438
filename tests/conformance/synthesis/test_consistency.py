"""Values that depend on other attributes: pixels, waveforms, spectra, references."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset

from octome.conformance.synthesis.bulk import arrange_spectra
from octome.conformance.synthesis.consistency import arrange
from octome.conformance.synthesis.pixel import arrange_pixels
from octome.conformance.synthesis.reference import STORAGE, list_references, references
from octome.conformance.synthesis.waveform import arrange_waveforms


def image(bits: int, interpretation: str = "MONOCHROME2") -> Dataset:
    ds = Dataset()
    ds.Rows, ds.Columns, ds.NumberOfFrames = 3, 5, 1
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = bits, 16, 0
    ds.PhotometricInterpretation, ds.SamplesPerPixel = interpretation, 7
    ds.add_new(0x7FE00010, "OW", b"")
    return ds


@pytest.mark.parametrize(
    ("bits", "interpretation", "samples", "length"),
    [
        (16, "MONOCHROME2", 1, 30),
        (8, "MONOCHROME2", 1, 16),  # 15, padded
        (8, "RGB", 3, 46),  # 45, padded
        (1, "MONOCHROME2", 1, 2),  # 15 bits
    ],
)
def test_pixels_are_as_long_as_their_description(
    bits: int, interpretation: str, samples: int, length: int
) -> None:
    ds = image(bits, interpretation)
    arrange_pixels(ds)
    assert (ds.SamplesPerPixel, len(ds.PixelData)) == (samples, length)
    assert ds.BitsStored == ds.HighBit + 1 == min(bits, 16)
    assert ("OW" if bits > 8 else "OB") == ds["PixelData"].VR


def test_waveforms_are_as_long_as_their_description() -> None:
    ds, group = Dataset(), Dataset()
    group.WaveformSampleInterpretation = "SL"
    group.ChannelDefinitionSequence = [Dataset(), Dataset(), Dataset()]
    group.add_new(0x54001010, "OW", b"")
    ds.WaveformSequence = [group]
    arrange_waveforms(ds)
    assert len(group.WaveformData) == 3 * group.NumberOfWaveformSamples * 4
    assert [channel.WaveformBitsStored for channel in group.ChannelDefinitionSequence] == [32] * 3


def test_complex_spectra_have_two_numbers_for_each_sample() -> None:
    ds = Dataset()
    ds.Rows, ds.Columns, ds.NumberOfFrames, ds.DataPointRows, ds.DataPointColumns = 2, 3, 1, 1, 4
    ds.SpectroscopyData = b""
    arrange_spectra(ds)
    assert len(ds.SpectroscopyData) == 2 * 3 * 4 * 2 * 4


def test_all_references_are_listed_once_and_sorted() -> None:
    def reference(uid: str, sop_class: str = STORAGE + "2") -> Dataset:
        item = Dataset()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class, uid
        return item

    ds, series, study = Dataset(), Dataset(), reference("2.25.9", "1.2.840.10008.3.1.2.3.1")
    ds.ReferencedImageSequence = [reference("2.25.2"), reference("2.25.1"), reference("2.25.2")]
    ds.ReferencedStudySequence = [study]  # not a stored instance
    series.ReferencedInstanceSequence = []
    ds.ReferencedSeriesSequence = [series]
    assert references(ds) == [(STORAGE + "2", "2.25.1"), (STORAGE + "2", "2.25.2")]
    list_references(ds)
    listed = [item.ReferencedSOPInstanceUID for item in series.ReferencedInstanceSequence]
    assert listed == ["2.25.1", "2.25.2"]


def test_icons_are_arranged_too() -> None:
    ds = Dataset()
    ds.IconImageSequence = [image(8)]
    arrange(ds)
    assert len(ds.IconImageSequence[0].PixelData) == 16


def test_a_number_of_items_is_that_of_the_sequence() -> None:
    ds, block = Dataset(), Dataset()
    block.NumberOfBlockSlabItems, block.BlockSlabSequence = 7, [Dataset(), Dataset()]
    ds.IonBlockSequence = [block]
    arrange(ds)
    assert block.NumberOfBlockSlabItems == 2


def test_a_channel_begins_at_0_and_ends_at_its_whole_time() -> None:
    ds, setup, channel = Dataset(), Dataset(), Dataset()
    channel.FinalCumulativeTimeWeight = 30
    channel.BrachyControlPointSequence = [Dataset(), Dataset()]
    setup.ChannelSequence, ds.ApplicationSetupSequence = [channel], [setup]
    arrange(ds)
    points = channel.BrachyControlPointSequence
    assert [point.CumulativeTimeWeight for point in points] == [0, 30]


def test_what_another_attribute_excludes_is_left_out() -> None:
    def masked(sop_class: str) -> bool:
        ds, item = Dataset(), Dataset()
        ds.SOPClassUID = sop_class
        item.MaskOperation, item.ApplicableFrameRange = "AVG_SUB", [1, 1]
        ds.MaskSubtractionSequence = [item]
        arrange(ds)
        return "ApplicableFrameRange" in item

    assert not masked("1.2.840.10008.5.1.4.1.1.11.12")  # PS3.3 C.11.13
    assert masked("1.2.840.10008.5.1.4.1.1.12.1")
