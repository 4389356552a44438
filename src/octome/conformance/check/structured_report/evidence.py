"""The instances that a report refers to, and the lists of them (PS3.3 C.17.2.3, C.17.6.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.structured_report.content_tree import ContentItem, ContentTree
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

CURRENT = "CurrentRequestedProcedureEvidenceSequence"
OTHER = "PertinentOtherEvidenceSequence"
EVIDENCE = {
    CURRENT: TAG.CurrentRequestedProcedureEvidenceSequence,
    OTHER: TAG.PertinentOtherEvidenceSequence,
}
DOCUMENTS = {
    "PredecessorDocumentsSequence": TAG.PredecessorDocumentsSequence,
    "IdenticalDocumentsSequence": TAG.IdenticalDocumentsSequence,
}
# What goes with a reference, and is evidence too.
WITH_IT = {
    "ReferencedSOPSequence": TAG.ReferencedSOPSequence,
    "ReferencedRealWorldValueMappingInstanceSequence": (
        TAG.ReferencedRealWorldValueMappingInstanceSequence
    ),
}
KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"
SECTION, KEY_OBJECT_SECTION = "PS3.3 C.17.2.3", "PS3.3 C.17.6.2"


class Listed(NamedTuple):
    """An instance in one of the lists: where it is, its class, and the study it is in."""

    path: str
    sop_class: str
    study: str


def evidence(tree: ContentTree) -> Iterator[Disagreement]:
    """What the content refers to is listed as evidence, once and with its class."""
    ds = tree.root.ds
    listed = {name: dict(_instances(ds, name, tag)) for name, tag in EVIDENCE.items()}
    everywhere = {**listed[OTHER], **listed[CURRENT]}
    referenced: set[str] = set()
    missing: list[str] = []
    for item in tree.items:
        for path, reference in _references(item):
            uid = reference.text(TAG.ReferencedSOPInstanceUID)
            if not uid or uid in referenced:
                continue
            referenced.add(uid)
            sop_class = reference.text(TAG.ReferencedSOPClassUID)
            if uid not in everywhere:
                missing.append(uid)
            elif sop_class and everywhere[uid].sop_class not in ("", sop_class):
                yield _wrong(
                    "reference-class",
                    f"{path}.ReferencedSOPClassUID",
                    f"{item.label}: it refers to {uid} as {sop_class}, but the evidence lists it "
                    f"as {everywhere[uid].sop_class}",
                    "Give the class of the instance in both places",
                )
    if missing:
        more = f" and {len(missing) - 1:,} more" if len(missing) > 1 else ""
        yield _wrong(
            "reference-not-listed",
            CURRENT,
            f"{missing[0]}{more}: referenced in the content, but not listed as evidence",
            "Add what is referenced to the evidence",
        )
    for uid in listed[CURRENT].keys() & listed[OTHER].keys():
        yield _wrong(
            "evidence",
            listed[OTHER][uid].path,
            f"{uid} is evidence of the current procedure too: it is in one of the lists only",
            f"Remove it from {OTHER}, unless it is of another procedure",
        )
    if ds.text(TAG.SOPClassUID) == KEY_OBJECTS:
        yield from _of_key_objects(ds, listed[CURRENT], referenced)


def own_documents(tree: ContentTree) -> Iterator[Disagreement]:
    """A report is neither its own predecessor nor its own duplicate (PS3.3 C.17.2)."""
    ds = tree.root.ds
    own = ds.text(TAG.SOPInstanceUID)
    for name, tag in DOCUMENTS.items():
        for uid, listed in _instances(ds, name, tag):
            if uid == own:
                yield _wrong(
                    "evidence",
                    listed.path,
                    "it is the document itself: the list is of others",
                    "Remove it, or name the other document",
                    section="PS3.3 C.17.2",
                )


def _of_key_objects(
    ds: DataSet, listed: dict[str, Listed], referenced: set[str]
) -> Iterator[Disagreement]:
    """Key objects list what they refer to and nothing else, and are copied to each study."""
    for uid in listed.keys() - referenced:
        yield _wrong(
            "evidence",
            listed[uid].path,
            f"{uid} is listed as evidence, but not referenced in the content",
            "Refer to it in the content, or remove it",
            section=KEY_OBJECT_SECTION,
            is_violation=False,
        )
    studies = {one.study for one in listed.values() if one.study}
    own = ds.text(TAG.StudyInstanceUID)
    if own in studies and len(studies) > 1 and TAG.IdenticalDocumentsSequence not in ds:
        yield _wrong(
            "evidence",
            "IdenticalDocumentsSequence",
            f"it selects from {len(studies)} studies: each has a copy of the document, and the "
            "copies are listed here",
            "Store the document in each of the studies, and list the copies",
            section="PS3.3 C.17.6.2.1",
            is_violation=False,
        )


def _instances(ds: DataSet, name: str, tag: int) -> Iterator[tuple[str, Listed]]:
    """The instances of one list, by their UIDs."""
    for n, study in enumerate(ds.items(tag)):
        for m, series in enumerate(study.items(TAG.ReferencedSeriesSequence)):
            for k, instance in enumerate(series.items(TAG.ReferencedSOPSequence)):
                at = f"{name}[{n}].ReferencedSeriesSequence[{m}].ReferencedSOPSequence[{k}]"
                yield (
                    instance.text(TAG.ReferencedSOPInstanceUID),
                    Listed(
                        f"{at}.ReferencedSOPInstanceUID",
                        instance.text(TAG.ReferencedSOPClassUID),
                        study.text(TAG.StudyInstanceUID),
                    ),
                )


def _references(item: ContentItem) -> Iterator[tuple[str, DataSet]]:
    """What an item refers to, with the presentation states and value maps that go with it."""
    for n, reference in enumerate(item.ds.items(TAG.ReferencedSOPSequence)):
        path = item.inside(f"ReferencedSOPSequence[{n}]")
        yield path, reference
        for name, tag in WITH_IT.items():
            for m, other in enumerate(reference.items(tag)):
                yield f"{path}.{name}[{m}]", other


def _wrong(
    code: str,
    path: str,
    message: str,
    fix: str,
    *,
    section: str = SECTION,
    is_violation: bool = True,
) -> Disagreement:
    return Disagreement(
        code=code,
        path=path,
        message=message,
        fix=fix,
        section=section,
        outcome="violation" if is_violation else "warning",
    )
