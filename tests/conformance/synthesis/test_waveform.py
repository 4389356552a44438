"""Waveforms that fit their description, counted by hand."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset

from octome.conformance.synthesis.waveform import SAMPLES, arrange_waveforms


@pytest.mark.parametrize(
    ("interpretation", "bits", "vr"), [("SS", 16, "OW"), ("UB", 8, "OB"), ("SL", 32, "OW")]
)
def test_the_data_is_as_long_as_its_channels(interpretation: str, bits: int, vr: str) -> None:
    group, ds = Dataset(), Dataset()
    group.WaveformSampleInterpretation = interpretation
    group.ChannelDefinitionSequence = [Dataset(), Dataset(), Dataset()]
    group.add_new("WaveformData", "OW", b"")
    ds.WaveformSequence = [group]
    arrange_waveforms(ds)
    assert (group.NumberOfWaveformChannels, group.NumberOfWaveformSamples) == (3, SAMPLES)
    assert group.WaveformBitsAllocated == bits
    assert [one.WaveformBitsStored for one in group.ChannelDefinitionSequence] == [bits] * 3
    assert vr == group["WaveformData"].VR
    assert len(group.WaveformData) == 3 * SAMPLES * bits // 8


def test_an_instance_without_waveforms_is_not_changed() -> None:
    ds = Dataset()
    arrange_waveforms(ds)
    assert len(ds) == 0
