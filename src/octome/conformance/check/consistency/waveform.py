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
                message=f"it has {data.length:,} bytes; {channels:,.10g} channels of {count:,.10g} "
                f"samples at {bits:,.10g} bits need {needed:,}",
                section="PS3.3 C.10.9",
            )


# PS3.3 C.10.9.1.5: the bits of samples of each kind.
BITS = {"SB": 8, "UB": 8, "MB": 8, "AB": 8, "SS": 16, "US": 16, "SL": 32, "UL": 32}


def sample_size(encoded: Encoded) -> Iterator[Disagreement]:
    """Samples of a waveform have the bits of their kind (PS3.3 C.10.9.1.5)."""
    for number, item in enumerate(encoded.data_set.items(TAG.WaveformSequence)):
        kind, allocated = (
            item.text(TAG.WaveformSampleInterpretation),
            item.number(TAG.WaveformBitsAllocated),
        )
        if kind in BITS and allocated is not None and allocated != BITS[kind]:
            yield Disagreement(
                code="bits",
                path=f"WaveformSequence[{number}].WaveformSampleInterpretation",
                message=f"it is {kind}, of {BITS[kind]} bits, but Waveform Bits Allocated is "
                f"{allocated:,.10g}",
                fix="Correct the kind of the samples, or their bits",
                section="PS3.3 C.10.9.1.5",
            )


def waveform_bits(encoded: Encoded) -> Iterator[Disagreement]:
    """Samples of a waveform have whole bytes; companded ones have 8 bits (PS3.3 C.10.9.1)."""
    for number, item in enumerate(encoded.data_set.items(TAG.WaveformSequence)):
        allocated = item.number(TAG.WaveformBitsAllocated)
        if allocated is not None and (allocated % 8 or allocated < 8):
            yield Disagreement(
                code="bits",
                path=f"WaveformSequence[{number}].WaveformBitsAllocated",
                message=f"it is {allocated:,.10g}, which is not a multiple of 8",
                fix="Use 8, 16, 32 or 64",
                section="PS3.3 C.10.9.1.5",
            )
        for at, channel in enumerate(item.items(TAG.ChannelDefinitionSequence)):
            stored = channel.number(TAG.WaveformBitsStored)
            if stored is None or allocated is None:
                continue
            kind = item.text(TAG.WaveformSampleInterpretation)
            most = 8 if kind in ("MB", "AB") else allocated
            if stored > most or (kind in ("MB", "AB") and stored != 8):
                yield Disagreement(
                    code="bits",
                    path=f"WaveformSequence[{number}].ChannelDefinitionSequence[{at}]"
                    ".WaveformBitsStored",
                    message=f"it is {stored:,.10g}, but samples of kind {kind or 'unknown'} have "
                    f"{'8' if most == 8 and kind in ('MB', 'AB') else f'at most {most}'} bits",
                    fix="Correct Waveform Bits Stored, or how the samples are written",
                    section="PS3.3 C.10.9.1.4",
                )
