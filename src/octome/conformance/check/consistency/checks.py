"""All checks of attributes against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.file_meta import file_meta
from octome.conformance.check.consistency.general import document_type, timezone
from octome.conformance.check.consistency.geometry import (
    dimensions,
    orientations,
    velocity_directions,
)
from octome.conformance.check.consistency.pixel import (
    hounsfield_units,
    palettes,
    pixel_bits,
    pixel_data_length,
    pixel_representation,
    samples,
    ultrasound_colours,
    windows,
)
from octome.conformance.check.consistency.reference import evidence, references
from octome.conformance.check.consistency.segment import referenced_segments, segment_numbers
from octome.conformance.check.consistency.surface import surface_points, surfaces
from octome.conformance.check.consistency.uid import own_uids
from octome.conformance.check.consistency.waveform import waveform_length
from octome.dicom.part10 import Encoded

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
