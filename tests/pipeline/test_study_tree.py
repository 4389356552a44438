"""A study as a tree: of instances written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from octome.errors import InstanceUnreadable
from octome.instances.instance_kind import ENFACE_CLASS, FLOW, HEIGHT_MAP, RAW, STRUCTURE, SURFACES
from octome.pipeline.study_tree import Link, as_data, as_lines, study_tree


def item(**values: Any) -> Dataset:
    ds = Dataset()
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    return ds


def stored(folder: Path, uid: str, sop_class: str, **values: Any) -> None:
    """An instance in the file `UID.dcm`."""
    ds = item(SOPClassUID=sop_class, SOPInstanceUID=uid, SeriesInstanceUID="1.1.1", **values)
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.save_as(folder / f"{uid}.dcm", enforce_file_format=True)


def source(uid: str, purpose: str | None = None) -> Dataset:
    """A reference to an instance."""
    ds = item(ReferencedSOPInstanceUID=uid)
    if purpose:
        ds.PurposeOfReferenceCodeSequence = [item(CodeMeaning=purpose)]
    return ds


def test_series_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    stored(tmp_path, "1.1", FLOW.sop_class, SeriesNumber=3)
    stored(tmp_path, "1.3", STRUCTURE.sop_class, SeriesNumber=2)
    stored(tmp_path, "1.2", STRUCTURE.sop_class, SeriesNumber=2)
    stored(tmp_path, "1.4", RAW.sop_class)
    leaves = study_tree(tmp_path)
    assert [(leaf.file, leaf.letter) for leaf in leaves] == [
        ("1.4.dcm", "A"), ("1.2.dcm", "B"), ("1.3.dcm", "B"), ("1.1.dcm", "C"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "summary"),
    [
        ({"Rows": 4, "Columns": 5, "NumberOfFrames": 2}, "2 B-scans of 4 x 5"),
        ({"Rows": 4, "Columns": 5}, "4 x 5"),
        ({"SegmentSequence": [item(SegmentLabel="ILM"), item(SegmentLabel="BM")]}, "ILM, BM"),
        ({"Rows": 4, "Columns": 5, "OphthalmicImageTypeDescription": "ILM..BM"}, "ILM..BM, 4 x 5"),
        ({}, ""),
    ],
)
def test_an_instance_is_summarised(tmp_path: Path, values: dict[str, Any], summary: str) -> None:
    stored(tmp_path, "1.1", STRUCTURE.sop_class, **values)
    assert study_tree(tmp_path)[0].summary == summary


def test_one_class_of_en_face_images_has_two_letters(tmp_path: Path) -> None:
    for uid, meaning in (("1.1", "Retina vasculature flow"), ("1.2", "Retina reflectance map")):
        kinds = [item(CodeMeaning=meaning)]
        stored(tmp_path, uid, ENFACE_CLASS, OphthalmicImageTypeCodeSequence=kinds)
    stored(tmp_path, "1.3", "1.2.840.10008.5.1.4.1.1.7")
    stored(tmp_path, "1.4", HEIGHT_MAP.sop_class)
    leaves = study_tree(tmp_path)
    assert [leaf.letter for leaf in leaves] == ["F", "E", "", "D2"]
    assert [leaf.name for leaf in leaves[2:]] == [
        "Secondary Capture Image Storage",
        "Height Map Segmentation Storage",
    ]


def test_links_have_a_purpose_and_are_listed_once(tmp_path: Path) -> None:
    frames = [
        item(DerivationImageSequence=[item(SourceImageSequence=[source(uid, "of the frame")])])
        for uid in ("1.8", "1.9")
    ]
    series = [item(ReferencedInstanceSequence=[source("1.7")])]
    stored(
        tmp_path,
        "1.1",
        SURFACES.sop_class,
        SourceImageSequence=[source("1.5", "first"), source("1.5", "first"), source("1.6")],
        SegmentSequence=[item(SegmentSurfaceSourceInstanceSequence=[source("1.5")])],
        PerFrameFunctionalGroupsSequence=frames,
        ReferencedSeriesSequence=series,
    )
    # By tag: (0008,2112), (0062,0002), (5200,9230). The first frame represents all.
    assert study_tree(tmp_path)[0].links == [
        Link("1.5", "first"),
        Link("1.6", "SourceImageSequence"),
        Link("1.5", "segmented volume"),
        Link("1.8", "of the frame"),
    ]


def test_lines_name_the_file_of_a_link_if_it_is_in_the_study(tmp_path: Path) -> None:
    stored(tmp_path, "1.1", STRUCTURE.sop_class, SeriesNumber=2, Modality="OPT", Rows=4, Columns=5)
    references = [source("1.1", "volume"), source("1.9", "elsewhere")]
    stored(
        tmp_path,
        "1.2",
        FLOW.sop_class,
        SeriesNumber=3,
        SeriesDescription="Flow",
        SourceImageSequence=references,
    )
    assert list(as_lines(study_tree(tmp_path))) == [
        "patient (not stated)",
        "study (not stated)",
        "eye not stated",
        "  series 2  OPT",
        "    B  1.1.dcm  4 x 5",
        "  series 3    Flow",
        "    C  1.2.dcm",
        "         -> 1.1.dcm  (volume)",
        "         -> 1.9  (elsewhere)",
    ]


def test_patients_studies_and_eyes_have_headings(tmp_path: Path) -> None:
    for uid, patient, study, eye in (
        ("1.1", "4711", "1.5", "R"),
        ("1.2", "4711", "1.5", "L"),
        ("1.3", "4711", "1.6", "L"),
        ("1.4", "4712", "1.7", "R"),
    ):
        stored(
            tmp_path,
            uid,
            SURFACES.sop_class,
            SeriesNumber=4,
            PatientID=patient,
            PatientName="Muster^Erika",
            StudyInstanceUID=study,
            StudyDate="20260131",
            AccessionNumber="A1",
            Laterality=eye,
        )
    assert list(as_lines(study_tree(tmp_path))) == [
        "patient 4711  Muster^Erika",
        "study 2026-01-31  A1",
        "left eye",
        "  series 4",
        "    D1 1.2.dcm",
        "right eye",
        "  series 4",
        "    D1 1.1.dcm",
        "study 2026-01-31  A1",
        "left eye",
        "  series 4",
        "    D1 1.3.dcm",
        "patient 4712  Muster^Erika",
        "study 2026-01-31  A1",
        "right eye",
        "  series 4",
        "    D1 1.4.dcm",
    ]


def test_long_uids_are_shown_as_their_last_digits(tmp_path: Path) -> None:
    first, away = "2.25.61217495504089922878410314013432026750", "2.25.9" + "1" * 30
    stored(tmp_path, first, FLOW.sop_class, SourceImageSequence=[source(away, "volume")])
    lines = list(as_lines(study_tree(tmp_path)))
    assert lines[-2:] == ["    C  ...32026750.dcm", "         -> ...11111111  (volume)"]


def test_the_tree_is_data(tmp_path: Path) -> None:
    stored(tmp_path, "1.2", FLOW.sop_class, SourceImageSequence=[source("1.1", "volume")])
    (leaf,) = json.loads(json.dumps(as_data(study_tree(tmp_path))))
    assert set(leaf) == {
        "file", "letter", "name", "sop_instance", "patient", "study_instance", "study", "eye",
        "frame_of_reference", "series_instance", "series_number", "series", "modality",
        "summary", "links",
    }  # fmt: skip
    assert leaf["links"] == [{"to": "1.1", "purpose": "volume"}]


def test_a_folder_without_instances_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InstanceUnreadable, match="holds no DICOM instance"):
        study_tree(tmp_path)
