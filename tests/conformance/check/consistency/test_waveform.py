"""Waveforms."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import WrongIn


def test_waveform_data_has_the_length_of_its_channels(wrong_in: WrongIn) -> None:
    item = Dataset()
    item.NumberOfWaveformChannels, item.NumberOfWaveformSamples = 2, 10
    item.WaveformBitsAllocated = 16
    item.add_new(0x54001010, "OW", bytes(38))
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.9.1.1", "2.25.13"
    ds.WaveformSequence = [item]
    assert "violation waveform-length WaveformSequence[0].WaveformData" in wrong_in(ds)
