"""Contradictions of structured reports that highdicom builds."""

from __future__ import annotations

import copy
from functools import cache

import highdicom as hd
import numpy as np
from contradiction import Contradiction, Plant, again, drop, inside, put
from highdicom import sr
from highdicom.ko import KeyObjectSelection, KeyObjectSelectionDocument
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes
from small_instance import encoded

STORAGE = "1.2.840.10008.5.1.4.1.1."
EVIDENCE = "CurrentRequestedProcedureEvidenceSequence"


@cache
def image() -> Dataset:
    """The image that everything is about."""
    return dcmread(get_testdata_file("CT_small.dcm"))


@cache
def report_instance(name: str) -> bytes:
    """A report with regions in the image (`flat`) or in space (`spatial`), or key objects."""
    if name == "key objects":
        content = KeyObjectSelection(codes.DCM.OfInterest, referenced_objects=[image()])
        return encoded(KeyObjectSelectionDocument([image()], content, **_identity()))
    region = _in_space() if name == "spatial" else _in_the_image()
    measurement = sr.Measurement(
        name=codes.SCT.AreaOfDefinedRegion, value=10.0, unit=codes.UCUM.SquareMillimeter
    )
    group = sr.PlanarROIMeasurementsAndQualitativeEvaluations(
        tracking_identifier=sr.TrackingIdentifier(hd.UID(), "frog"),
        referenced_region=region,
        finding_type=codes.SCT.Nodule,
        measurements=[measurement],
    )
    person = sr.ObserverContext(
        observer_type=codes.DCM.Person,
        observer_identifying_attributes=sr.PersonObserverIdentifyingAttributes(name="Frog^Green"),
    )
    report = sr.MeasurementReport(
        observation_context=sr.ObservationContext(observer_person_context=person),
        procedure_reported=codes.LN.CTUnspecifiedBodyRegion,
        imaging_measurements=[group],
        title=codes.DCM.ImagingMeasurementReport,
    )
    document = sr.Comprehensive3DSR(
        evidence=[image()], content=report, is_complete=True, **_identity()
    )
    return encoded(document)


def _identity() -> dict[str, object]:
    return {
        "series_number": 1,
        "series_instance_uid": "2.25.901",
        "sop_instance_uid": "2.25.902",
        "instance_number": 1,
        "manufacturer": "Pond",
    }


def _in_the_image() -> sr.ImageRegion:
    return sr.ImageRegion(
        graphic_type=sr.GraphicTypeValues.CIRCLE,
        graphic_data=np.array([[5.0, 5.0], [6.0, 6.0]]),
        source_image=sr.SourceImageForRegion(image().SOPClassUID, image().SOPInstanceUID),
    )


def _in_space() -> sr.ImageRegion3D:
    return sr.ImageRegion3D(
        graphic_type=sr.GraphicTypeValues3D.POLYGON,
        graphic_data=np.array([[0, 0, 0], [9, 0, 0], [9, 9, 0], [0, 9, 0], [0, 0, 0.0]]),
        frame_of_reference_uid=image().FrameOfReferenceUID,
    )


GROUP = "ContentSequence[4].ContentSequence[0]"
LABEL, FINDING, AREA, REGION = (f"{GROUP}.ContentSequence[{at}]" for at in (0, 2, 3, 4))
VALUE = f"{AREA}.MeasuredValueSequence[0]"
SOURCE = f"{REGION}.ContentSequence[0]"
REFERENCE = f"{SOURCE}.ReferencedSOPSequence[0]"
LISTED = "[0].ReferencedSeriesSequence[0].ReferencedSOPSequence[0]"


def listed_twice(ds: Dataset) -> None:
    ds.PertinentOtherEvidenceSequence = copy.deepcopy(ds[EVIDENCE].value)


def own_predecessor(ds: Dataset) -> None:
    ds.PredecessorDocumentsSequence = copy.deepcopy(ds[EVIDENCE].value)
    inside(ds, f"PredecessorDocumentsSequence{LISTED}").ReferencedSOPInstanceUID = ds.SOPInstanceUID


def other_evidence(ds: Dataset) -> None:
    instances = ds[EVIDENCE].value[0].ReferencedSeriesSequence[0].ReferencedSOPSequence
    instances.append(copy.deepcopy(instances[0]))
    instances[1].ReferencedSOPInstanceUID = "2.25.77"


def verified_by_nobody(ds: Dataset) -> None:
    ds.VerificationFlag = "VERIFIED"


def by_place(*place: int) -> Dataset:
    ds = Dataset()
    ds.RelationshipType, ds.ReferencedContentItemIdentifier = "INFERRED FROM", list(place)
    return ds


def refers_to(*place: int) -> Plant:
    return put("ContentSequence", [by_place(*place)], AREA)


def rational(ds: Dataset) -> None:
    value = inside(ds, VALUE)
    value.RationalNumeratorValue, value.RationalDenominatorValue = 1, 3


def report(path: str, plant: Plant, base: str = "flat") -> Contradiction:
    return Contradiction(base, path, plant)


IN_REPORTS = [
    report("CompletionFlag", put("CompletionFlag", "FROG")),
    report("VerifyingObserverSequence", verified_by_nobody),
    report("ContinuityOfContent", put("ContinuityOfContent", "FROG")),
    report("ConceptNameCodeSequence", drop("ConceptNameCodeSequence")),
    report(
        "ConceptNameCodeSequence",
        put("TemplateIdentifier", "5200", "ContentTemplateSequence[0]"),
    ),
    report(
        "ContentTemplateSequence[0].TemplateIdentifier",
        put("TemplateIdentifier", "TID 1500", "ContentTemplateSequence[0]"),
    ),
    report(
        "ConceptNameCodeSequence[0]",
        put("CodeMeaning", "Pond", "ConceptNameCodeSequence[0]"),
    ),
    report("ContentSequence", lambda ds: ds.ContentSequence.pop(4)),
    report("ContentSequence", again("ContentSequence")),
    report(f"{LABEL}.TextValue", put("TextValue", "", LABEL)),
    report(f"{LABEL}.ValueType", put("ValueType", "FROG", LABEL)),
    report(f"{LABEL}.RelationshipType", put("RelationshipType", "LIKES", LABEL)),
    report(f"{LABEL}.ValueType", put("RelationshipType", "SELECTED FROM", LABEL)),
    report(f"{FINDING}.ConceptCodeSequence", put("ConceptCodeSequence", [], FINDING)),
    report(f"{AREA}.MeasuredValueSequence", again("MeasuredValueSequence", AREA)),
    report(f"{VALUE}.NumericValue", drop("NumericValue", VALUE)),
    report(f"{VALUE}.FloatingPointValue", put("FloatingPointValue", 11.0, VALUE)),
    report(f"{VALUE}.RationalNumeratorValue", rational),
    report(
        f"{VALUE}.MeasurementUnitsCodeSequence[0]",
        put("CodeValue", "millimetre", f"{VALUE}.MeasurementUnitsCodeSequence[0]"),
    ),
    report(f"{AREA}.ContentSequence[0].ReferencedContentItemIdentifier", refers_to(1, 5, 1)),
    report(f"{AREA}.ContentSequence[0].ReferencedContentItemIdentifier", refers_to(1, 9)),
    report(f"{REGION}.GraphicType", put("GraphicType", "FROG", REGION)),
    report(f"{REGION}.GraphicData", put("GraphicData", [1.0, 1, 2, 2, 3, 3], REGION)),
    report(f"{REGION}.GraphicData", put("GraphicData", [-9.0, 1, 2, 2], REGION)),
    report(REGION, drop("ContentSequence", REGION)),
    report(
        f"{REFERENCE}.ReferencedSOPClassUID",
        put("ReferencedSOPClassUID", f"{STORAGE}9.1.1", REFERENCE),
    ),
    report(
        f"{REFERENCE}.ReferencedSOPClassUID",
        put("ReferencedSOPClassUID", f"{STORAGE}4", REFERENCE),
    ),
    report(f"{REFERENCE}.ReferencedSegmentNumber", put("ReferencedSegmentNumber", 1, REFERENCE)),
    report(EVIDENCE, put("ReferencedSOPInstanceUID", "2.25.77", REFERENCE)),
    report(f"PertinentOtherEvidenceSequence{LISTED}.ReferencedSOPInstanceUID", listed_twice),
    report(f"PredecessorDocumentsSequence{LISTED}.ReferencedSOPInstanceUID", own_predecessor),
    report(
        f"{REGION}.GraphicData",
        put("GraphicData", [0.0, 0, 0, 9, 0, 0, 9, 9, 5, 0, 9, 0, 0, 0, 0], REGION),
        "spatial",
    ),
    report(
        f"{REGION}.GraphicData",
        put("GraphicData", [0.0, 0, 0, 9, 0, 0, 9, 9, 0, 0, 9, 0], REGION),
        "spatial",
    ),
    report(
        "ConceptNameCodeSequence[0]",
        put("CodeValue", "121071", "ConceptNameCodeSequence[0]"),
        "key objects",
    ),
    report(
        f"{EVIDENCE}[0].ReferencedSeriesSequence[0].ReferencedSOPSequence[1].ReferencedSOPInstanceUID",
        other_evidence,
        "key objects",
    ),
]
