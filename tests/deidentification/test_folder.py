"""Folders, de-identified whole or not at all."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import CTImageStorage, ImplicitVRLittleEndian, JPEGLSLossless
from rewritten_instance import SECRET, encoded

from octome.conformance.check.checker import Checker
from octome.deidentification.folder import Deidentified, Request, deidentify
from octome.deidentification.options import Cleaned, Options, Retained
from octome.errors import InstanceUnreadable, InstanceUnwritable
from octome.pipeline.recomputed import recomputed_images
from octome.standard.library import Library
from small_file import small_file


def run(
    library: Library,
    paths: list[Path],
    out: Path,
    *,
    retain: set[Retained] | None = None,
    clean: set[Cleaned] | None = None,
    **more: object,
) -> Deidentified:
    options = Options(retain=frozenset(retain or ()), clean=frozenset(clean or ()))
    request = Request(paths=paths, out=out, options=options, secret=SECRET, **more)  # type: ignore[arg-type]
    return deidentify(request, library, None, lambda _step, _share: None)


def ct_of(name: str = "Frog^Kermit", uid: str = "1.2.3.4.5") -> Dataset:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, uid
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.Modality = "1.2.3.1", "1.2.3.2", "CT"
    ds.PatientName, ds.PatientID, ds.PatientBirthDate = name, "POND-0815", "19550505"
    ds.StudyDate, ds.StudyTime = "20260214", "101112"
    ds.StudyDescription = "Thorax of Kermit, chronic cough"
    ds.Manufacturer = "Pond"
    return ds


def written(path: Path, ds: Dataset, syntax: str = "1.2.840.10008.1.2.1") -> Path:
    path.write_bytes(encoded(ds, syntax))
    return path


def only(out: Path) -> Dataset:
    (file,) = out.rglob("*.dcm")
    return dcmread(file)


@pytest.fixture(scope="module")
def chain(made_chain, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:  # type: ignore[no-untyped-def]
    """A chain whose patient and study are named, de-identified with its recording."""
    here = tmp_path_factory.mktemp("chain")
    named = Path(shutil.copytree(made_chain.folder, here / "named"))
    for path in named.rglob("*.dcm"):
        ds = dcmread(path)
        ds.PatientName, ds.PatientID, ds.AccessionNumber = "Frog^Kermit", "POND-0815", "A-4711"
        ds.save_as(path)
    done = run(library, [named], here / "out", retain={"safe-private", "shifted-dates"})
    assert [path.name for path, _ in done.left_out] == ["octome.json"]
    assert (done.leftovers, done.is_written) == ((), True)
    return here / "out"


def test_chain_still_follows_the_standard_together(chain: Path, library: Library) -> None:
    from octome.conformance.check.many import check_many

    checked = check_many([chain], Checker(library), processes=1)
    assert all(report.is_conformant for report in checked.reports)
    wrong = [f for r in checked.reports for f in r.findings if f.outcome == "violation"]
    assert (len(list(checked.reports)), wrong) == (18, [])


def test_enface_images_of_a_chain_are_still_computed_from_what_they_reference(chain: Path) -> None:
    images = list(recomputed_images(chain))
    assert len(images) == 13
    assert all(image.correlation == pytest.approx(1, abs=1e-6) for image in images)
    assert not any(image.is_off for image in images)


def test_recording_of_a_chain_is_still_read_and_says_only_its_optics(chain: Path) -> None:
    from octome.instances.raw_data import read_raw_data

    (raw,) = [
        path
        for path in chain.rglob("*.dcm")
        if dcmread(path, stop_before_pixels=True).SOPClassUID == "1.2.840.10008.5.1.4.1.1.66"
    ]
    stored = read_raw_data(raw)
    stored.check()
    assert set(stored.acquisition.metadata) & {"manufacturer", "acquired", "serial_number"} == set()
    assert stored.acquisition.metadata["centred_on"] == "macula"


def test_all_instances_of_a_chain_say_what_was_done(chain: Path) -> None:
    for path in chain.rglob("*.dcm"):
        ds = dcmread(path, stop_before_pixels=True)
        codes = [item.CodeValue for item in ds.DeidentificationMethodCodeSequence]
        assert codes == ["113100", "113107", "113111"]
        assert (ds.PatientIdentityRemoved, ds.LongitudinalTemporalInformationModified) == (
            "YES",
            "MODIFIED",
        )
        assert ds.PatientID.startswith("ANON-")
        assert ds.get("RecognizableVisualFeatures", "YES") == "YES"
        assert path.stem == ds.SOPInstanceUID == ds.file_meta.MediaStorageSOPInstanceUID


def test_folder_and_files_are_their_owners_alone(chain: Path) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (chain, *chain.rglob("*"))}
    assert modes == {0o700, 0o600}


def test_raw_data_is_left_out_unless_private_data_is_retained(
    made_chain, library: Library, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    done = run(library, [made_chain.file("raw"), made_chain.file("surfaces")], tmp_path / "out")
    assert [path.name for path, _ in done.left_out] == ["raw.dcm"]
    assert [path.name for path, _ in done.files] == ["surfaces.dcm"]
    assert b"OCTOME SURFACES" not in next((tmp_path / "out").rglob("*.dcm")).read_bytes()


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, "1.2.840.10008.1.2.1"])
def test_nothing_of_a_patient_is_in_the_bytes(
    library: Library, tmp_path: Path, syntax: str
) -> None:
    file = written(tmp_path / "kermit.dcm", ct_of(), syntax)
    done = run(library, [file], tmp_path / "out")
    assert done.leftovers == ()
    content = next((tmp_path / "out").rglob("*.dcm")).read_bytes()
    for word in (b"ermit", b"rog", b"POND", b"1955", b"2026", b"1.2.3", b"cough"):
        assert word not in content, word
    assert only(tmp_path / "out").Manufacturer == "Pond"


def test_encapsulated_pixels_stay_as_they_are(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "file.dcm"
    file.write_bytes(small_file(JPEGLSLossless))
    run(library, [file], tmp_path / "out")
    new = only(tmp_path / "out")
    assert new.file_meta.TransferSyntaxUID == JPEGLSLossless
    assert new.PixelData == dcmread(file).PixelData


def test_same_secret_gives_the_same_pseudonyms(library: Library, tmp_path: Path) -> None:
    one = written(tmp_path / "one.dcm", ct_of())
    other = written(tmp_path / "other.dcm", ct_of(uid="1.2.3.4.6"))
    run(library, [one], tmp_path / "a", retain={"shifted-dates"})
    run(library, [other], tmp_path / "b", retain={"shifted-dates"})
    first, second = only(tmp_path / "a"), only(tmp_path / "b")
    for keyword in ("PatientID", "StudyInstanceUID", "SeriesInstanceUID", "StudyDate"):
        assert first[keyword].value == second[keyword].value
    assert first.SOPInstanceUID != second.SOPInstanceUID
    assert first.StudyDate not in ("", "20260214")


def test_description_keeps_the_words_of_the_standard(library: Library, tmp_path: Path) -> None:
    file = written(tmp_path / "kermit.dcm", ct_of())
    run(library, [file], tmp_path / "out", clean={"descriptors"})
    assert "Kermit" not in only(tmp_path / "out").StudyDescription
    assert only(tmp_path / "out").StudyDescription.startswith("Thorax of ,")


def test_value_that_is_left_somewhere_is_reported_and_nothing_is_written(
    library: Library, tmp_path: Path
) -> None:
    ds = ct_of()
    ds.SoftwareVersions = "build for kermit"
    file = written(tmp_path / "in.dcm", ds)
    done = run(library, [file], tmp_path / "out")
    assert (done.is_written, (tmp_path / "out").exists()) == (False, False)
    assert [(each.attribute, each.where) for each in done.leftovers] == [
        (0x00100010, (0x00181020,))
    ]
    assert list(tmp_path.iterdir()) == [file]
    kept = run(library, [file], tmp_path / "out", leftovers_stay=True)
    assert (kept.is_written, len(kept.leftovers)) == (True, 1)
    assert only(tmp_path / "out").PatientIdentityRemoved == "NO"


def test_name_in_the_bytes_of_pixels_is_found(library: Library, tmp_path: Path) -> None:
    ds = ct_of("Alligator^Albert")
    ds.PixelData = bytes(50) + b"Alligator" + bytes(41)
    ds["PixelData"].VR = "OB"
    done = run(library, [written(tmp_path / "in.dcm", ds)], tmp_path / "out")
    assert [(each.attribute, each.where) for each in done.leftovers] == [
        (0x00100010, (0x7FE00010,))
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"BurnedInAnnotation": "YES"}, "text in its pixels"),
        ({"SeriesInstanceUID": ""}, "identity is incomplete"),
        ({"StudyInstanceUID": "../../etc"}, "not UIDs"),
    ],
)
def test_instance_that_cannot_be_de_identified_is_refused(
    library: Library, tmp_path: Path, change: dict[str, str], why: str
) -> None:
    ds = ct_of()
    content = encoded(ds)
    for keyword, value in change.items():
        if value.startswith(".."):
            content = content.replace(b"1.2.3.1\0", b"../../et")
        else:
            setattr(ds, keyword, value)
            content = encoded(ds)
    (tmp_path / "in.dcm").write_bytes(content)
    with pytest.raises(InstanceUnreadable, match=why):
        run(library, [tmp_path / "in.dcm"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_text_in_pixels_is_kept_on_request(library: Library, tmp_path: Path) -> None:
    ds = ct_of()
    ds.BurnedInAnnotation = "YES"
    run(library, [written(tmp_path / "in.dcm", ds)], tmp_path / "out", burned_in_stays=True)
    new = only(tmp_path / "out")
    assert (new.BurnedInAnnotation, new.PatientIdentityRemoved) == ("YES", "NO")
    assert "DeidentificationMethodCodeSequence" not in new


def test_one_damaged_file_stops_all(library: Library, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / "whole.dcm", ct_of())
    content = encoded(ct_of(uid="1.2.3.4.9"))
    (tmp_path / "in" / "cut.dcm").write_bytes(content[:-5])
    with pytest.raises(InstanceUnreadable, match="cut short"):
        run(library, [tmp_path / "in"], tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_existing_folder_is_never_written_into(library: Library, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(InstanceUnwritable, match="File exists"):
        run(library, [written(tmp_path / "in.dcm", ct_of())], tmp_path / "out")


def test_mapping_says_who_is_who_to_its_owner_alone(library: Library, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    run(library, [written(tmp_path / "in.dcm", ct_of())], tmp_path / "out", mapping=mapping)
    data = json.loads(mapping.read_text())
    assert data["patients"] == {"^POND-0815": only(tmp_path / "out").PatientID}
    assert data["uids"]["1.2.3.4.5"] == only(tmp_path / "out").SOPInstanceUID
    assert stat.S_IMODE(mapping.stat().st_mode) == 0o600


def test_names_are_removed_in_items_at_any_depth(library: Library, tmp_path: Path) -> None:
    ds, inner, outer = ct_of(), Dataset(), Dataset()
    inner.PersonName = "Frog^Kermit"
    inner.add_new(0x00091001, "LO", "Kermit")
    outer.ConceptNameCodeSequence = [inner]
    ds.DerivationCodeSequence = [outer]
    done = run(library, [written(tmp_path / "in.dcm", ds)], tmp_path / "out")
    assert done.leftovers == ()
    assert b"ermit" not in next((tmp_path / "out").rglob("*.dcm")).read_bytes()


def test_instances_of_a_study_are_of_one_patient(library: Library, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, issuer in enumerate(("", "Bog", "Lake")):
        ds = ct_of(uid=f"1.2.3.4.{number}")
        ds.IssuerOfPatientID = issuer
        ds.PatientID = ds.PatientID if issuer else ""
        written(tmp_path / "in" / f"{number}.dcm", ds)
    other = ct_of("Pig^Miss", uid="1.2.3.4.9")
    other.PatientID, other.StudyInstanceUID = "PIG-4712", "1.2.3.9"
    written(tmp_path / "in" / "other.dcm", other)
    run(library, [tmp_path / "in"], tmp_path / "out", retain={"shifted-dates"})
    read = [dcmread(path) for path in (tmp_path / "out").rglob("*.dcm")]
    assert len({(ds.StudyInstanceUID, ds.PatientID, ds.StudyDate) for ds in read}) == 2


def test_files_that_are_not_dicom_are_listed(library: Library, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / "a.dcm", ct_of())
    (tmp_path / "in" / "notes.txt").write_text("Kermit")
    done = run(library, [tmp_path / "in"], tmp_path / "out")
    assert [path.name for path, _ in done.left_out] == ["notes.txt"]


def test_result_is_not_written_among_originals_nor_the_mapping_into_it(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / "a.dcm", ct_of())
    with pytest.raises(InstanceUnwritable, match="which is read"):
        run(library, [tmp_path / "in"], tmp_path / "in" / "out")
    with pytest.raises(InstanceUnwritable, match="must not be in"):
        run(library, [tmp_path / "in"], tmp_path / "out", mapping=tmp_path / "out" / "map.json")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.dcm", "in"]
