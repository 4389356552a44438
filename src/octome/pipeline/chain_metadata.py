"""What all instances of a chain state in addition to their arrays: patient, eye, time, device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from octome.errors import MissingFact
from octome.instances.code import SCAN_CENTRES, ScanCentre
from octome.instances.device import DeviceProfile, profile_of
from octome.instances.exam import Exam, in_study, new_exam
from octome.instances.multiframe import Timing
from octome.instances.study_details import NO_DETAILS
from octome.instances.uid import derived_uid
from octome.pipeline.request import ANONYMOUS, Request
from octome.pipeline.source import DeviceSource, ImageSource, RecordedSource, Source
from octome.pipeline.step import digest_of


@dataclass(frozen=True, kw_only=True)
class ChainMetadata:
    """The metadata of one chain."""

    exam: Exam
    profile: DeviceProfile | None
    """None if the structural volume is from another system, which states its own."""
    timing: Timing | None
    centred_on: ScanCentre | None

    def digest(self, source: Source) -> str:
        """Identifies a chain by its source and metadata; each chain needs its own folder."""
        stated = {
            # By keyword: the time of day is empty where a visit has several acquisitions.
            "shared": {each.keyword: str(each.value) for each in self.exam.shared},
            "eye": self.exam.laterality,
            "acquired": self.exam.acquired.isoformat(),
            "profile": self.profile.as_data() if self.profile else None,
        }
        return digest_of(["chain", stated, source.digest])


def chain_metadata(source: Source, request: Request) -> ChainMetadata:
    """The metadata, from the source and from the caller.

    Raises
    ------
    MissingFact
        Something that the Standard requires is unknown, or source and caller contradict each other.
    """
    exam = _exam_of(source)
    if exam is not None and request.patient != ANONYMOUS:
        raise MissingFact(
            f"{source.path} already states who the patient is; leave --patient-* out",
            missing="patient",
        )
    if exam is not None and request.study != NO_DETAILS:
        raise MissingFact(
            f"{source.path} already states its study; leave --study-*, --accession and "
            "--referring out",
            missing="study",
        )
    laterality = exam.laterality if exam else getattr(source, "laterality", None)
    if request.laterality and laterality and request.laterality != laterality:
        raise MissingFact(
            f"{source.path} states that this eye is {laterality}, --laterality is "
            f"{request.laterality}",
            missing="laterality",
        )
    if isinstance(source, ImageSource):
        return ChainMetadata(
            exam=_at_acquisition(source.exam),
            profile=None,
            timing=request.timing,
            centred_on=None,
        )
    if exam is None:
        _check_stated(source, request)
    profile = request.profile or _own_profile(source)
    return ChainMetadata(
        exam=_at_acquisition(exam or _new_exam(source, request, profile)),
        profile=profile,
        timing=source.timing if isinstance(source, RecordedSource) else request.timing,
        centred_on=request.centred_on or _scan_centre(source),
    )


# What an acquisition must state or the caller give: what it is, and the option.
NEEDED = {
    "profile": (
        "which scanner recorded it, with its nine optical values",
        "its device profile with --profile (octome profile NEW.toml writes one to fill in)",
    ),
    "acquired": ("when it was acquired", "--acquired 2026-01-31T14:05:00"),
    "laterality": ("which eye this is", "--laterality R or L"),
}


def not_stated(
    laterality: str | None, acquired: object, metadata: Mapping[str, object]
) -> list[str]:
    """The keys of `NEEDED` that an acquisition does not state.

    >>> not_stated("R", None, {})
    ['profile', 'acquired']
    """
    has_profile = {"manufacturer", "illumination_wavelength_nm"} <= metadata.keys()
    stated = {"profile": has_profile, "acquired": bool(acquired), "laterality": bool(laterality)}
    return [name for name in NEEDED if not stated[name]]


def _check_stated(source: RecordedSource | DeviceSource, request: Request) -> None:
    """Raise once for all that is neither in the source nor given."""
    given = {
        "profile": request.profile,
        "acquired": request.acquired,
        "laterality": request.laterality,
    }
    lacking = not_stated(source.laterality, source.acquired, source.metadata)
    lacking = [name for name in lacking if given[name] is None]
    if lacking:
        what = ", nor ".join(NEEDED[name][0] for name in lacking)
        options = "; ".join(NEEDED[name][1] for name in lacking)
        raise MissingFact(
            f"{source.path} does not state {what}: give {options}", missing=", ".join(lacking)
        )


def _exam_of(source: Source) -> Exam | None:
    """The examination, if the source is an instance."""
    if isinstance(source, ImageSource):
        return source.exam
    if isinstance(source, RecordedSource) and source.raw_instance is not None:
        return source.raw_instance.exam
    return None


def _new_exam(
    source: RecordedSource | DeviceSource, request: Request, profile: DeviceProfile
) -> Exam:
    """The examination of an acquisition that is not an instance; its UIDs follow from both."""
    patient, study = request.patient, request.study
    exam = new_exam(
        patient,
        request.laterality or source.laterality,
        request.acquired or source.acquired,
        profile.equipment,
        study=study,
    )
    # One study has one patient.
    who = patient.id or patient.name
    frame = derived_uid("frame of reference", who, source.digest)
    exam = replace(exam, frame_of_reference=frame)
    if study.uid:
        return exam
    if study.names_a_visit(patient.id):
        return in_study(exam, derived_uid("visit", who, study.accession_number, study.id))
    return in_study(exam, derived_uid("study", who, source.acquisition))


def _at_acquisition(exam: Exam) -> Exam:
    """What is computed again has the same bytes: the time in it is that of the acquisition."""
    return replace(exam, content_time=exam.acquired)


def _own_profile(source: RecordedSource | DeviceSource) -> DeviceProfile:
    """The profile in the scanner's own file."""
    metadata = dict(source.metadata)
    return profile_of(metadata | {"optics": metadata}, str(source.path))


def _scan_centre(source: RecordedSource | DeviceSource) -> ScanCentre | None:
    """The structure that the scan is centred on, as the scanner states it."""
    found = source.metadata.get("centred_on")
    if not found:
        return None
    for centre in SCAN_CENTRES:
        if found == centre:
            return centre
    raise MissingFact(
        f"{source.path} states that the scan is centred on {found!r}; it may be "
        f"{', '.join(SCAN_CENTRES)}",
        missing="centred_on",
    )
