"""What a caller asks of a chain, and what only the caller may know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from octome.errors import MissingFact
from octome.instances.device import DeviceProfile, profile_of
from octome.instances.enface_form import NEEDS_SURFACE
from octome.instances.exam import Exam, Patient, new_exam
from octome.instances.multiframe import Timing
from octome.octa.enface import PROJECTIONS
from octome.pipeline.enface_spec import EnfaceWish, wish
from octome.pipeline.manifest import step_key
from octome.pipeline.source import Source

ANONYMOUS = Patient()
SLABS = ("superficial", "intermediate", "deep", "outer", "choriocapillaris", "retina")


@dataclass(frozen=True)
class Request:
    """How a chain is to be made."""

    algorithm: str | None = None
    """Of `octa.flow.methods`; None for the best that the acquisition allows."""
    slabs: tuple[str, ...] | None = None
    """Presets, or bounds as `ILM..IPL+10um`; None for those of `SLABS` whose surfaces there are."""
    projection: str = PROJECTIONS[0]
    patient: Patient = ANONYMOUS
    laterality: str | None = None
    acquired: datetime | None = None
    profile: DeviceProfile | None = None
    timing: Timing | None = None
    """Of a maker's flow volume, which does not say how its B-scans followed each other."""
    centred_on: str | None = None
    compression: str | None = None
    form: str = "2024c"
    """Of the en face images: `instances.enface_form.FORMS`."""
    with_raw: bool = True
    with_height_map: bool = False

    def wishes(self, surfaces: Collection[str], *, with_flow: bool) -> list[EnfaceWish]:
        """The en face images: of each slab structure, and flow where there is any.

        The structure of the whole retina comes first: in the newer form others refer to it.

        Parameters
        ----------
        surfaces : collection of str
            Those that there are.
        with_flow : bool

        Raises
        ------
        UnknownName
            No such slab.
        MissingFact
            The form cannot say how one is bounded.
        """
        kinds = ("structure", "flow") if with_flow else ("structure",)
        wishes = [wish(of, slab, self.projection) for slab in self.slabs or SLABS for of in kinds]
        # Said before the long work, not after it.
        if self.form != "current" and not all(each.needed for each in wishes):
            raise MissingFact(NEEDS_SURFACE, fact="surface")
        if self.slabs is None:
            wishes = [each for each in wishes if each.needed <= set(surfaces)]
        return sorted(wishes, key=lambda each: (each.of, each.name) != ("structure", "retina"))


@dataclass(frozen=True)
class Circumstances:
    """Who, which eye, when, with what: all that a chain's instances say beside their arrays."""

    exam: Exam
    profile: DeviceProfile | None
    """None where the structural volume is another maker's: it has said it already."""
    timing: Timing | None
    centred_on: str | None

    def about(self, source_digest: str) -> str:
        """Digest of what every instance of a chain says; another one needs another folder."""
        exam = self.exam
        said = {
            "patient": [str(exam.shared.get(k)) for k in ("PatientName", "PatientID")],
            "born": str(exam.shared.PatientBirthDate),
            "sex": str(exam.shared.PatientSex),
            "eye": exam.laterality,
            "acquired": exam.acquired.isoformat(),
            "profile": self.profile.as_data() if self.profile else None,
        }
        return step_key("chain", said, [source_digest])


def circumstances(source: Source, asked: Request) -> Circumstances:
    """What is known of an acquisition, from its file and from the caller.

    Raises
    ------
    MissingFact
        Something that the Standard requires is unknown, or two sources contradict each other.
    """
    known = source.exam
    if known is not None and asked.patient != ANONYMOUS:
        raise MissingFact(
            f"{source.path} says already who the patient is; leave --patient-* out", fact="patient"
        )
    said = known.laterality if known else source.laterality
    if asked.laterality and said and asked.laterality != said:
        raise MissingFact(
            f"{source.path} says that this eye is {said}, --laterality says {asked.laterality}",
            fact="laterality",
        )
    if source.image is not None:
        assert known is not None  # noqa: S101  (an image says its exam)
        return Circumstances(known, None, asked.timing, None)
    profile = asked.profile or _own_profile(source)
    exam = known or new_exam(
        asked.patient,
        asked.laterality or said,
        asked.acquired or source.acquired,
        profile.equipment,
    )
    centred_on = asked.centred_on or source.metadata.get("centred_on")
    return Circumstances(exam, profile, _timing(source, asked), centred_on)


def _own_profile(source: Source) -> DeviceProfile:
    """The profile that the recorder itself wrote."""
    metadata = dict(source.metadata)
    if "manufacturer" not in metadata or "illumination_wavelength_nm" not in metadata:
        raise MissingFact(
            f"{source.path} does not say which scanner made it, nor its nine optical values; "
            "give its device profile with --profile (octome profile NEW.toml writes one to fill "
            "in)",
            fact="profile",
        )
    return profile_of(metadata | {"optics": metadata}, str(source.path))


def _timing(source: Source, asked: Request) -> Timing | None:
    recorded = source.recorded
    if recorded is None:
        return asked.timing
    return Timing(
        int(recorded.recorded.shape[1]), recorded.repeat_interval_ms, recorded.ascan_rate_hz
    )
