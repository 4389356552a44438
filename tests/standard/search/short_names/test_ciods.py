"""Short names of CIODs lead to what is there."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.search.short_names.ciods import CIODS
from octome.standard.search.squash import squash

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


def test_everyday_name_leads_where_the_code_does() -> None:
    assert CIODS["colonoscopy"] == CIODS["es"]


def test_names_are_squashed() -> None:
    assert [name for name in CIODS if squash(name) != name] == []
