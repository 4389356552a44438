"""Short names lead to what is there."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.search.short_names import (
    ATTRIBUTES,
    CIODS,
    TRANSFER_SYNTAXES,
    UIDS,
    squash,
)

# Modalities that the Standard has a CIOD for. Source: PS3.3 C.7.3.1.1.1.
MODALITIES = (
    "ANN AR ASMT AU BDUS BMD CR CT CFM DMS DOC DX ECG EEG EMG EOG EPS ES FID GM HC HD IO "
    "IOL IVOCT IVUS KER KO LEN M3D MG MR NM OAM OCT OP OPM OPT OPTBSV OPTENF OPV OSS OT PA "
    "PLAN POS PR PT PX REG RESP RF RG RTDOSE RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD "
    "RTSEGANN RTSTRUCT RWV SEG SM SMR SR SRF STAIN TEXTUREMAP TG US VA XA XC "
)


def test_every_modality_leads_to_a_ciod() -> None:
    assert [code for code in MODALITIES.split() if code.lower() not in CIODS] == []


def test_every_ciod_is_there(library: Library) -> None:
    there = {ciod.path.rpartition("/")[2] for ciod in library.ciods()}
    assert {id_ for ids in CIODS.values() for id_ in ids} - there == set()


def test_every_attribute_and_uid_is_there(library: Library) -> None:
    terms = [
        term
        for group, _ in library.attribute_index().groups
        for term in library.attribute_index(group=group).terms
    ]
    keywords = {keyword for targets in ATTRIBUTES.values() for keyword in targets}
    assert keywords - {term.keyword for term in terms} == set()
    listed = {
        uid.uid
        for which in ("uids", "sop-classes", "transfer-syntaxes")
        for uid in library.uid_index(which=which).uids
    }
    uids = {uid for table in (TRANSFER_SYNTAXES, UIDS) for ids in table.values() for uid in ids}
    # JPEG XL is newer than the packages' list.
    assert {uid for uid in uids if uid[-3:] not in ("110", "111", "112")} <= listed


def test_names_are_squashed() -> None:
    for table in (ATTRIBUTES, CIODS, TRANSFER_SYNTAXES, UIDS):
        assert [name for name in table if squash(name) != name] == []
