"""What a caller requests of a chain, and what only the caller knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from octome.errors import MissingFact, UnknownName
from octome.instances.code import SCAN_CENTRES, ScanCentre
from octome.instances.device import DeviceProfile
from octome.instances.enface_profile import NEEDS_SURFACE, EnfaceProfile, checked_profile
from octome.instances.exam import Patient
from octome.instances.multiframe import Timing
from octome.instances.study_details import NO_DETAILS, StudyDetails
from octome.instances.transfer_syntax import COMPRESSION_NAMES, CompressionName
from octome.octa.enface import PROJECTIONS, Projection
from octome.octa.flow.methods import FLOW_ALGORITHMS, FlowAlgorithm
from octome.octa.laterality import LATERALITIES, Laterality
from octome.octa.slab import DEPTH_ENCODED
from octome.pipeline.enface_spec import EnfaceSpec, ProjectedVolume, enface_spec

ANONYMOUS = Patient()
USUAL_SLABS = ("superficial", "intermediate", "deep", "outer", "choriocapillaris", "retina")
USUAL_FLOW_SLABS = (DEPTH_ENCODED,)


@dataclass(frozen=True, kw_only=True)
class Request:
    """How to build a chain.

    Raises
    ------
    UnknownName
        A name that is not in the vocabulary of its field.
    MissingFact
        The en face profile cannot state how a slab is bounded.
    """

    algorithm: FlowAlgorithm | None = None
    """None for the best one that the acquisition allows."""
    slabs: tuple[str, ...] | None = None
    """Presets, or bounds as `ILM..IPL+10um`.

    None for those of `USUAL_SLABS`, and for flow of `USUAL_FLOW_SLABS`, that have surfaces.
    """
    projection: Projection = "mean"
    patient: Patient = ANONYMOUS
    study: StudyDetails = NO_DETAILS
    laterality: Laterality | None = None
    acquired: datetime | None = None
    profile: DeviceProfile | None = None
    timing: Timing | None = None
    """For a device's flow volume, whose file does not state when its B-scans were taken."""
    centred_on: ScanCentre | None = None
    compression: CompressionName | None = None
    enface_profile: EnfaceProfile = "2024d"
    with_raw: bool = True
    with_height_map: bool = False

    def __post_init__(self) -> None:
        _check("flow algorithm", self.algorithm, FLOW_ALGORITHMS)
        _check("projection", self.projection, PROJECTIONS)
        _check("laterality", self.laterality, LATERALITIES)
        _check("centre of the scan", self.centred_on, SCAN_CENTRES)
        _check("compression", self.compression, COMPRESSION_NAMES)
        checked_profile(self.enface_profile)
        specs = self.enface_specs(with_flow=False)
        if self.enface_profile == "2024c" and not all(spec.surfaces for spec in specs):
            raise MissingFact(NEEDS_SURFACE, missing="surface")

    def enface_specs(self, *, with_flow: bool) -> list[EnfaceSpec]:
        """The en face images: of each slab the structure, and the flow if there is a flow volume.

        The structure of the whole retina comes first: the others refer to it.
        """
        volumes: tuple[ProjectedVolume, ...] = (
            ("structure", "flow") if with_flow else ("structure",)
        )
        slabs = USUAL_SLABS if self.slabs is None else self.slabs
        specs = [enface_spec(volume, slab, self.projection) for slab in slabs for volume in volumes]
        if self.slabs is None and with_flow:
            specs += [enface_spec("flow", slab) for slab in USUAL_FLOW_SLABS]
        return sorted(specs, key=lambda spec: (spec.volume, spec.name) != ("structure", "retina"))


def _check(what: str, found: str | None, allowed: tuple[str, ...]) -> None:
    """Raise for a name outside its vocabulary; None means no choice."""
    if found is not None and found not in allowed:
        raise UnknownName(
            f"no {what} {found!r}; there are: {', '.join(allowed)}",
            found=found,
            known=list(allowed),
        )
