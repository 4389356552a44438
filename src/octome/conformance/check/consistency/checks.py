"""The checks of attributes against each other: those of all instances, and which others."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.character_sets import (
    character_sets,
    escape_sequences,
)
from octome.conformance.check.consistency.compression import (
    compressed_pixels,
    encapsulated_pixels,
    lossy_compression,
)
from octome.conformance.check.consistency.display import (
    presentation_lut_shape,
    windows,
)
from octome.conformance.check.consistency.file_meta import (
    file_meta,
    transfer_syntax,
)
from octome.conformance.check.consistency.frame_type import frame_types
from octome.conformance.check.consistency.frame_vector import VECTORS, frame_vectors
from octome.conformance.check.consistency.general import timezone
from octome.conformance.check.consistency.geometry import (
    dimensions,
    orientations,
    transformations,
    velocity_directions,
    volume_positions,
)
from octome.conformance.check.consistency.item_rules import item_rules
from octome.conformance.check.consistency.lookup_table import (
    lookup_tables,
    palette_descriptors,
)
from octome.conformance.check.consistency.multi_frame import (
    concatenation,
    dimension_pointers,
    dimension_targets,
    dimension_values,
    slide_position,
    tiles,
)
from octome.conformance.check.consistency.offset_table import (
    fragments_of_rle,
    offset_tables,
)
from octome.conformance.check.consistency.overlay import (
    overlays,
    shutter_overlay,
)
from octome.conformance.check.consistency.pixel import (
    PALETTES,
    all_bits_stored,
    frame_increment,
    hounsfield_units,
    image_type,
    palettes,
    pixel_bits,
    pixel_data_length,
    pixel_representation,
    samples,
    signed_values,
    ultrasound_colours,
)
from octome.conformance.check.consistency.reference import references
from octome.conformance.check.consistency.segmented_palette import segmented_palettes
from octome.conformance.check.consistency.settled import (
    closed_values,
    needed_together,
)
from octome.conformance.check.consistency.spacing import (
    SPACINGS,
    VOLUME,
    imaged_volume,
    orientation_in_patient,
    patient_orientation,
    pixel_spacings,
    slice_spacings,
)
from octome.conformance.check.consistency.special_checks import GROUPS, Check
from octome.conformance.check.consistency.uid import own_uids
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

GENERAL: tuple[Check, ...] = (
    file_meta,
    transfer_syntax,
    character_sets,
    escape_sequences,
    own_uids,
    closed_values,
    needed_together,
    item_rules,
    pixel_bits,
    samples,
    hounsfield_units,
    ultrasound_colours,
    pixel_representation,
    signed_values,
    all_bits_stored,
    frame_increment,
    encapsulated_pixels,
    compressed_pixels,
    lossy_compression,
    pixel_data_length,
    offset_tables,
    fragments_of_rle,
    frame_vectors,
    frame_types,
    palettes,
    palette_descriptors,
    segmented_palettes,
    lookup_tables,
    overlays,
    shutter_overlay,
    image_type,
    pixel_spacings,
    slice_spacings,
    imaged_volume,
    patient_orientation,
    orientation_in_patient,
    orientations,
    velocity_directions,
    transformations,
    volume_positions,
    dimensions,
    dimension_values,
    dimension_pointers,
    dimension_targets,
    concatenation,
    tiles,
    slide_position,
    timezone,
    windows,
    presentation_lut_shape,
    references,
)

# Checks that find nothing where the instance, with its items, has none of these attributes.
NEEDED: dict[Check, frozenset[int]] = {
    frame_types: frozenset((TAG.FrameType,)),
    frame_vectors: frozenset(tag for tag, _, _ in VECTORS),
    imaged_volume: frozenset(tag for tag, _ in VOLUME),
    palettes: frozenset(tag for _, tag, _ in PALETTES),
    pixel_spacings: frozenset(tag for tag, _ in SPACINGS),
    segmented_palettes: frozenset(tag for _, tag, _ in PALETTES),
    slice_spacings: frozenset((TAG.SpacingBetweenSlices,)),
    tiles: frozenset((TAG.DimensionOrganizationType,)),
    velocity_directions: frozenset((TAG.VelocityEncodingDirection,)),
}


def checks_of(encoded: Encoded) -> Iterator[Check]:
    """The checks that an instance needs: those of all instances, and those of what it has."""
    present = frozenset(encoded.data_set.walk.by_tag)  # quicker to compare than a view
    for check in GENERAL:
        needed = NEEDED.get(check)
        if needed is None or not needed.isdisjoint(present):
            yield check
    for group in GROUPS:
        if not group.tags.isdisjoint(present):
            yield from group.checks()
