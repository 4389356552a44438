"""All agreements that are checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from octome.conformance.coherence.disagreement import Disagreement
from octome.conformance.coherence.geometry import dimensions, orientations, velocity_directions
from octome.conformance.coherence.identity import (
    document_type,
    file_meta,
    own_uids,
    referenced_segments,
    segment_numbers,
    timezone,
)
from octome.conformance.coherence.pixel import (
    hounsfield_units,
    palettes,
    pixel_bits,
    pixel_data_length,
    pixel_representation,
    samples,
    ultrasound_colours,
    windows,
)
from octome.conformance.coherence.reference import evidence, references
from octome.conformance.coherence.surface import surface_points, surfaces
from octome.conformance.coherence.waveform import waveform_length
from octome.conformance.part10 import Encoded

CHECKS: tuple[Callable[[Encoded], Iterator[Disagreement]], ...] = (
    file_meta,
    own_uids,
    pixel_bits,
    samples,
    hounsfield_units,
    ultrasound_colours,
    pixel_representation,
    pixel_data_length,
    palettes,
    orientations,
    velocity_directions,
    dimensions,
    segment_numbers,
    referenced_segments,
    surfaces,
    surface_points,
    timezone,
    document_type,
    windows,
    references,
    evidence,
    waveform_length,
)
