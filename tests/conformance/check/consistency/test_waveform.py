"""Waveforms."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import WrongIn, dataset, found_by

from octome.conformance.check.consistency.waveform import sample_size, waveform_bits


def test_waveform_data_has_the_length_of_its_channels(wrong_in: WrongIn) -> None:
    item = Dataset()
    item.NumberOfWaveformChannels, item.NumberOfWaveformSamples = 2, 10
    item.WaveformBitsAllocated = 16
    item.add_new(0x54001010, "OW", bytes(38))
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.9.1.1", "2.25.13"
    ds.WaveformSequence = [item]
    assert "violation waveform-length WaveformSequence[0].WaveformData" in wrong_in(ds)


@pytest.mark.parametrize(
    ("allocated", "stored", "kind", "wrong"),
    [
        (16, 12, "SS", ""),
        (8, 8, "MB", ""),
        (8, 7, "MB", "ChannelDefinitionSequence[0].WaveformBitsStored"),
        (8, 12, "SB", "ChannelDefinitionSequence[0].WaveformBitsStored"),
        (12, 12, "SS", "WaveformBitsAllocated"),
    ],
)
def test_samples_of_a_waveform_fit_their_bits(
    allocated: int, stored: int, kind: str, wrong: str
) -> None:
    group = dataset(WaveformBitsAllocated=allocated, WaveformSampleInterpretation=kind)
    group.ChannelDefinitionSequence = [dataset(WaveformBitsStored=stored)]
    ds = dataset(WaveformSequence=[group])
    expected = [f"violation bits WaveformSequence[0].{wrong}"] if wrong else []
    assert found_by(waveform_bits, ds) == expected


@pytest.mark.parametrize(("kind", "is_wrong"), [("SS", False), ("SB", True)])
def test_samples_have_the_bits_of_their_kind(kind: str, is_wrong: bool) -> None:
    group = dataset(WaveformBitsAllocated=16, WaveformSampleInterpretation=kind)
    path = "WaveformSequence[0].WaveformSampleInterpretation"
    found = found_by(sample_size, dataset(WaveformSequence=[group]))
    assert found == [f"violation bits {path}"] * is_wrong
