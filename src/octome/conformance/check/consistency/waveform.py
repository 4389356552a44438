"""Waveforms."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG


def waveform_length(encoded: Encoded) -> Iterator[Disagreement]:
    """Waveform Data against channels, samples and bits (PS3.3 C.10.9)."""
    for number, item in enumerate(encoded.data_set.items(TAG.WaveformSequence)):
        channels, count, bits = (
            item.number(tag)
            for tag in (
                TAG.NumberOfWaveformChannels,
                TAG.NumberOfWaveformSamples,
                TAG.WaveformBitsAllocated,
            )
        )
        data = item.get(TAG.WaveformData)
        if data is None or channels is None or count is None or bits is None:
            continue
        needed = int(channels * count * bits) // 8
        if data.length not in (needed, needed + needed % 2):
            yield Disagreement(
                code="waveform-length",
                fix="Write all samples of all channels, or correct their number",
                path=f"WaveformSequence[{number}].WaveformData",
                message=f"it has {data.length:,} bytes; {channels:g} channels of {count:g} "
                f"samples at {bits:g} bits need {needed:,}",
                section="PS3.3 C.10.9",
            )
