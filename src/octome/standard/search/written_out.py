"""Abbreviations in a query written out, and the reverse: names have one or the other."""

from __future__ import annotations

import re

from octome.standard.search.wording import words_of_query

_WRITTEN_OUT = """
adc: apparent diffusion coefficient
ae: application entity
bmi: body mass index
bsa: body surface area
cad: computer aided detection
cr: computed radiography
ct: computed tomography
ctdi: computed tomography dose index
dap: dose area product
dlp: dose length product
drr: digitally reconstructed radiograph
dti: diffusion tensor imaging
dvh: dose volume histogram
dx: digital radiography
ecg: electrocardiogram
eeg: electroencephalogram
emg: electromyogram
fov: field of view
he: hematoxylin eosin
hu: hounsfield unit
imrt: intensity modulated radiation therapy
iod: information object definition
iol: intraocular lens
ivus: intravascular ultrasound
lut: lookup table
lut: look up table
mac: message authentication code
mip: maximum intensity projection
mpr: multi planar reconstruction
mpr: multiplanar reconstruction
mr: magnetic resonance
nm: nuclear medicine
oct: optical coherence tomography
pet: positron emission tomography
rnfl: retinal nerve fiber layer
roi: region of interest
rt: radiation therapy
rt: radiotherapy
sad: source axis distance
sar: specific absorption rate
sid: source image distance
snr: signal to noise ratio
sop: service object pair
sr: structured report
ssd: source surface distance
ssde: size specific dose estimate
suv: standardized uptake value
tof: time of flight
udi: unique device identifier
uid: unique identifier
us: ultrasound
vl: visible light
voi: value of interest
voi: volume of interest
epi: echo planar
gsps: grayscale softcopy presentation state
mlc: multileaf collimator
mpps: modality performed procedure step
mu: monitor unit
mwl: modality worklist
od: optical density
pdf: portable document format
rwv: real world value
ups: unified procedure step
us: ultrasonic
vr: value representation
wsi: whole slide image
"""
# Not the word "for".
FRAME_OF_REFERENCE = re.compile(r"\bFoR\b|\bFOR\b(?=.*[a-z])|\b(?i:for)(?=\s+(?i:uid)\b)")
_PAIRS = [
    (short, tuple(words_of_query(long)))
    for short, _, long in (line.partition(":") for line in _WRITTEN_OUT.strip().splitlines())
]


def with_frame_of_reference(query: str) -> str:
    """A query with "FoR" written out: without its capitals the word would not count.

    >>> with_frame_of_reference("FoR UID in CT"), with_frame_of_reference("pond for frogs")
    ('frame of reference UID in CT', 'pond for frogs')
    """
    return FRAME_OF_REFERENCE.sub("frame of reference", query)


def respelt(words: list[str]) -> list[list[str]]:
    """The words of a query with words abbreviated, and with abbreviations written out.

    >>> respelt(["dose", "volume", "histogram"]), respelt(["fov", "shape"]), respelt(["frog"])
    ([['dvh']], [['field', 'view', 'shape']], [])
    """
    shorter, longer = list(words), list(words)
    for short, long in _PAIRS:
        for at in range(len(shorter) - len(long), -1, -1):
            if tuple(shorter[at : at + len(long)]) == long:
                shorter[at : at + len(long)] = [short]
        if short in longer and short in words:
            at = longer.index(short)
            longer[at : at + 1] = long
    return [other for other in (shorter, longer) if other != words]
