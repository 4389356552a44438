"""Waveforms."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded

WAVEFORMS = 0x54000100


def waveform_length(encoded: Encoded) -> Iterator[Disagreement]:
    """Waveform Data against channels, samples and bits (PS3.3 C.10.9)."""
    for number, item in enumerate(encoded.data_set.items(WAVEFORMS)):
        channels, count, bits = (item.number(t) for t in (0x003A0005, 0x003A0010, 0x54001004))
        data = item.get(0x54001010)
        if data is None or channels is None or count is None or bits is None:
            continue
        needed = int(channels * count * bits) // 8
        if data.length not in (needed, needed + needed % 2):
            path = f"WaveformSequence[{number}].WaveformData"
            message = f"it has {data.length:,} bytes; {channels:g} channels of {count:g} samples at {bits:g} bits need {needed:,}"  # noqa: E501
            yield Disagreement("waveform-length", "violation", path, message, "PS3.3 C.10.9")
