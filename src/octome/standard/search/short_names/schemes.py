"""What people call coding schemes, each with its designator (PS3.16 table 8-1)."""

from __future__ import annotations

from octome.standard.search.short_names.table import read_table

SCHEMES = {
    name: found[0]
    for name, found in read_table("""
dcm dicomcode dicomcontrolledterminology: DCM
fma: FMA
ibsi: IBSI
ln loinc: LN
mdc: MDC
nci ncit: NCIt
neu neuronames: NEU
radlex: RADLEX
sct snomed snomedct: SCT
srt snomedrt: SRT
ucum: UCUM
umls: UMLS
""").items()
}
