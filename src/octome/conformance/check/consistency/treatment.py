"""How a plan is delivered: sums of meterset and time, mass, kinds of treatment."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# Tags that only these checks use.
BLOCK_SLAB_SEQUENCE = 0x300A0441
BLOCK_SLAB_THICKNESS = 0x300A0442
BLOCK_THICKNESS = 0x300A0100
BLOCK_TRANSMISSION = 0x300A0102
BLOCK_TYPE = 0x300A00F8
CHANNEL_LENGTH = 0x300A0284
SOURCE_APPLICATOR_LENGTH = 0x300A0296
TRANSFER_TUBE_LENGTH = 0x300A02A4
BEAMS = (
    (TAG.BeamSequence, "BeamSequence", TAG.ControlPointSequence, "ControlPointSequence"),
    (
        TAG.IonBeamSequence,
        "IonBeamSequence",
        TAG.IonControlPointSequence,
        "IonControlPointSequence",
    ),
)
RELATIVE = 1e-4  # weights are decimal strings, sometimes of few digits


def meterset_weights(encoded: Encoded) -> Iterator[Disagreement]:
    """The weights of a beam's control points go from 0 to the final one (PS3.3 C.8.8.14)."""
    for tag, keyword, of_points, name in BEAMS:
        for at, beam in enumerate(encoded.data_set.items(tag)):
            yield from _sums(
                beam.items(of_points),
                TAG.CumulativeMetersetWeight,
                beam.number(TAG.FinalCumulativeMetersetWeight),
                (f"{keyword}[{at}].{name}", "CumulativeMetersetWeight"),
                "PS3.3 C.8.8.14" if tag == TAG.BeamSequence else "PS3.3 C.8.8.25",
            )


def time_weights(encoded: Encoded) -> Iterator[Disagreement]:
    """The weights of a channel's control points go from 0 to the final one (PS3.3 C.8.8.15)."""
    for number, setup in enumerate(encoded.data_set.items(TAG.ApplicationSetupSequence)):
        for at, channel in enumerate(setup.items(TAG.ChannelSequence)):
            path = f"ApplicationSetupSequence[{number}].ChannelSequence[{at}]"
            yield from _sums(
                channel.items(TAG.BrachyControlPointSequence),
                TAG.CumulativeTimeWeight,
                channel.number(TAG.FinalCumulativeTimeWeight),
                (f"{path}.BrachyControlPointSequence", "CumulativeTimeWeight"),
                "PS3.3 C.8.8.15",
            )


def _sums(
    points: Sequence[DataSet], tag: int, final: float | None, path: tuple[str, str], section: str
) -> Iterator[Disagreement]:
    """The first weight is 0, and the last one the final weight, as far as they are given."""
    sequence, keyword = path
    if len(points) < 2:
        return
    first, last = points[0].number(tag), points[-1].number(tag)
    if first:
        yield Disagreement(
            code="control-point",
            path=f"{sequence}[0].{keyword}",
            message=f"it is {first:g}, but the first control point has 0",
            fix="Write the sum of the weights before each control point",
            section=section,
        )
    if last is not None and final is not None and not math.isclose(last, final, rel_tol=RELATIVE):
        yield Disagreement(
            code="control-point",
            path=f"{sequence}[{len(points) - 1}].{keyword}",
            message=f"it is {last:g}, but the last control point has the final weight, {final:g}",
            fix="Correct the weight of the last control point, or the final one",
            section=section,
        )


def kinds_of_treatment(encoded: Encoded) -> Iterator[Disagreement]:
    """A fraction group has beams or brachytherapy, and not both (PS3.3 C.8.8.13)."""
    for at, fraction in enumerate(encoded.data_set.items(TAG.FractionGroupSequence)):
        beams = fraction.number(TAG.NumberOfBeams)
        setups = fraction.number(TAG.NumberOfBrachyApplicationSetups)
        if beams and setups:
            yield Disagreement(
                code="count",
                path=f"FractionGroupSequence[{at}].NumberOfBrachyApplicationSetups",
                message=f"it is {setups:g}, but the fraction group has {beams:g} beams: one of the "
                "two is 0",
                fix="Put beams and brachytherapy into fraction groups of their own",
                section="PS3.3 C.8.8.13",
            )


def mass_fractions(encoded: Encoded) -> Iterator[Disagreement]:
    """The elements that a region consists of are all of its mass (PS3.3 C.8.8.8)."""
    for number, region in enumerate(encoded.data_set.items(TAG.RTROIObservationsSequence)):
        for at, properties in enumerate(region.items(TAG.ROIPhysicalPropertiesSequence)):
            found = [
                element.number(TAG.ROIElementalCompositionAtomicMassFraction)
                for element in properties.items(TAG.ROIElementalCompositionSequence)
            ]
            total = sum(fraction for fraction in found if fraction is not None)
            if found and None not in found and not math.isclose(total, 1, rel_tol=1e-3):
                yield Disagreement(
                    code="range",
                    path=f"RTROIObservationsSequence[{number}].ROIPhysicalPropertiesSequence[{at}]"
                    ".ROIElementalCompositionSequence",
                    message=f"the mass fractions of its elements sum up to {total:g}, not 1",
                    fix="Give each element its share of the mass",
                    section="PS3.3 C.8.8.8",
                )


def block_slabs(encoded: Encoded) -> Iterator[Disagreement]:
    """The slabs of a block are together as thick as the block (PS3.3 C.8.8.25)."""
    for number, beam in enumerate(encoded.data_set.items(TAG.IonBeamSequence)):
        for at, block in enumerate(beam.items(TAG.IonBlockSequence)):
            slabs = [slab.number(BLOCK_SLAB_THICKNESS) for slab in block.items(BLOCK_SLAB_SEQUENCE)]
            whole = block.number(BLOCK_THICKNESS)
            total = sum(thickness for thickness in slabs if thickness is not None)
            if whole is None or not slabs or None in slabs:
                continue
            if not math.isclose(total, whole, rel_tol=1e-3):
                yield Disagreement(
                    code="range",
                    path=f"IonBeamSequence[{number}].IonBlockSequence[{at}].BlockThickness",
                    message=f"it is {whole:g} mm, but its slabs are together {total:g} mm thick",
                    fix="Correct the thickness of the block or of its slabs",
                    section="PS3.3 C.8.8.25",
                )


def apertures(encoded: Encoded) -> Iterator[Disagreement]:
    """The apertures of a beam are equally thick and transmit equally much (PS3.3 C.8.8.14)."""
    for number, beam in enumerate(encoded.data_set.items(TAG.BeamSequence)):
        blocks = [
            block for block in beam.items(TAG.BlockSequence) if block.text(BLOCK_TYPE) == "APERTURE"
        ]
        for tag, keyword in (
            (BLOCK_THICKNESS, "Block Thickness"),
            (BLOCK_TRANSMISSION, "Block Transmission"),
        ):
            found = {block.number(tag) for block in blocks} - {None}
            if len(found) > 1:
                listed = " and ".join(
                    f"{value:g}" for value in sorted(v for v in found if v is not None)
                )
                yield Disagreement(
                    code="range",
                    path=f"BeamSequence[{number}].BlockSequence",
                    message=f"{keyword} of its apertures is {listed}, but it is the same for all",
                    fix=f"Write the same {keyword} for every aperture of the beam",
                    section="PS3.3 C.8.8.14",
                )


def channel_lengths(encoded: Encoded) -> Iterator[Disagreement]:
    """A channel is as long as its applicator and its transfer tube (PS3.3 C.8.8.15.3)."""
    for number, setup in enumerate(encoded.data_set.items(TAG.ApplicationSetupSequence)):
        for at, channel in enumerate(setup.items(TAG.ChannelSequence)):
            whole, applicator, tube = (
                channel.number(tag)
                for tag in (
                    CHANNEL_LENGTH,
                    SOURCE_APPLICATOR_LENGTH,
                    TRANSFER_TUBE_LENGTH,
                )
            )
            if whole is None or applicator is None or tube is None:
                continue
            if not math.isclose(whole, applicator + tube, rel_tol=1e-3):
                yield Disagreement(
                    code="range",
                    outcome="warning",
                    path=f"ApplicationSetupSequence[{number}].ChannelSequence[{at}].ChannelLength",
                    message=f"it is {whole:g} mm, but applicator and transfer tube are together "
                    f"{applicator + tube:g} mm long",
                    fix="Correct one of the three lengths",
                    section="PS3.3 C.8.8.15.3",
                )
