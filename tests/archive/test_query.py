"""What an archive answers is checked: it may answer too much, or with what is not a UID."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from octome.archive import query
from octome.archive.query import Found, Level, Query, matches
from octome.errors import ArchiveRefused, QueryUnusable


class Archive:
    """Answers the same to every query of a level."""

    def __init__(self, study: Found | None = None, **levels: Found) -> None:
        self.answers = {
            "STUDY": {"StudyInstanceUID": "1.2"} | dict(study or {}),
            "SERIES": {"SeriesInstanceUID": "1.2.4", "Modality": "OPT"},
            "IMAGE": {"SOPInstanceUID": "1.2.3", "SOPClassUID": "1.9"},
        } | levels

    def find(self, level: Level, within: tuple[str, ...], keys: Found) -> Iterator[Found]:
        yield self.answers[level]


def test_an_instance_has_what_the_levels_answer() -> None:
    (found,) = matches(Archive({"PatientID": "a\nb"}), Query(study="1.2", modality="OPT"))
    assert (found.study, found.series, found.sop_instance) == ("1.2", "1.2.4", "1.2.3")
    assert (found.modality, found.patient_id, found.sop_class) == ("OPT", "a b", "1.9")


@pytest.mark.parametrize(
    "wanted",
    [
        {"study": "1.3"},
        {"patient_id": "P2"},
        {"accession": "A2"},
        {"date": "20260102"},
        {"date": "20260102-"},
        {"date": "-20251231"},
        {"modality": "OP"},
    ],
)
def test_an_archive_that_ignores_a_filter_gives_nothing_more(wanted: dict[str, str]) -> None:
    archive = Archive({"PatientID": "P1", "AccessionNumber": "A1", "StudyDate": "20260101"})
    assert list(matches(archive, Query(**wanted))) == []


@pytest.mark.parametrize(
    "wanted", [{"date": "20260101"}, {"date": "20251231-20260101"}, {"patient_id": "P*"}]
)
def test_what_fits_is_found(wanted: dict[str, str]) -> None:
    archive = Archive({"PatientID": "P1", "StudyDate": "20260101"})
    assert len(list(matches(archive, Query(**wanted)))) == 1


@pytest.mark.parametrize("uid", ["", "../../etc", "1.2/../3", "1" * 65, "1.2\n"])
@pytest.mark.parametrize(
    ("level", "keyword"),
    [
        ("STUDY", "StudyInstanceUID"),
        ("SERIES", "SeriesInstanceUID"),
        ("IMAGE", "SOPInstanceUID"),
    ],
)
def test_what_is_not_a_uid_is_refused(level: str, keyword: str, uid: str) -> None:
    with pytest.raises(ArchiveRefused, match="which is not a UID"):
        list(matches(Archive(**{level: {keyword: uid}}), Query(patient_id="*")))


def test_modalities_may_be_several_and_in_small_letters() -> None:
    query = Query(modality="op, opt")
    assert len(list(matches(Archive(), query))) == 1
    assert query.study_keys()["ModalitiesInStudy"] == ""
    assert Query(modality="opt").study_keys()["ModalitiesInStudy"] == "OPT"


def test_an_endless_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "MOST_ANSWERS", 5)
    archive = Archive()
    archive.find = lambda *_words: iter([archive.answers["STUDY"]] * 9)  # type: ignore[method-assign]
    with pytest.raises(ArchiveRefused, match="more than 5 answers"):
        list(matches(archive, Query(study="1.3")))


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"study": "frog"},
        {"date": "-"},
        {"date": "202601"},
        {"patient_id": "P" * 65},
        {"accession": "A" * 17},
        {"modality": "O*"},
        {"modality": "OPT,"},
        {"patient_id": "a\\b"},
        {"modality": "O\nP"},
    ],
)
def test_what_cannot_be_looked_for_is_refused(wanted: dict[str, str]) -> None:
    with pytest.raises(QueryUnusable):
        Query(**wanted)
