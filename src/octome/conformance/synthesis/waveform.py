"""Waveforms that fit their description: PS3.3 C.10.9."""

from __future__ import annotations

from pydicom.dataset import Dataset

# PS3.3 C.10.9.1.5: bits of each sample interpretation.
BITS = {"SS": 16, "US": 16, "SL": 32, "UL": 32, "SV": 64, "UV": 64}
SAMPLES = 4


def arrange_waveforms(ds: Dataset) -> None:
    """Make channels, samples, bits and the length of the data agree."""
    for group in ds.get("WaveformSequence") or ():
        bits = BITS.get(group.get("WaveformSampleInterpretation", "SS"), 8)
        channels = len(group.get("ChannelDefinitionSequence") or ()) or 1
        group.NumberOfWaveformChannels, group.NumberOfWaveformSamples = channels, SAMPLES
        group.WaveformBitsAllocated = bits
        for channel in group.get("ChannelDefinitionSequence") or ():
            channel.WaveformBitsStored = bits
        if "WaveformData" in group:
            group["WaveformData"].VR = "OB" if bits == 8 else "OW"
            group.WaveformData = bytes(channels * SAMPLES * bits // 8)
