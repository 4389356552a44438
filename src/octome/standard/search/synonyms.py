"""Everyday words and the words that the Standard has for the same.

They are facts of English and of the field; each line holds everyday words, and after the colon
what the Standard uses in names. Words of the Standard that replace each other are joined by `=`.
A word matches its own meaning first: these are tried where no name has all words of a query.
"""

from __future__ import annotations

import re
from collections import defaultdict

_EVERYDAY = """
cataract: lens intraocular
iris eyelid conjunctiva sclera macula: ophthalmic eye
nr no num nbr count many: number
amount much: number dose volume quantity
desc descr: description
seq sequnce: sequence
ref: referenced reference
refs: referenced references
acq: acquisition
img pic picture: image
image file: instance object
pat pt: patient
inst: instance institution
orig: original
resp: respiratory responsible
recon: reconstruction
temp: temperature temporal
freq: frequency
calib: calibration
config: configuration
info: information
param params: parameter
addr: address
tel phone: telephone
mag: magnification magnetic
obj: object objective
manuf mfr vendor maker company brand made producer built: manufacturer
scanner machine apparatus hardware instrument: device equipment manufacturer station
app application program: software application
release: version versions
workstation computer console pc: station
doctor clinician radiologist cardiologist gp: physician
referrer: referring
technician technologist radiographer operator user nurse optometrist: operators
reader reporter: reading interpretation
hospital clinic site centre facility organisation practice: institution institutional
ward unit: department location
exam examination visit: study procedure
order: request requested placer filler procedure
ordered ordering: requested requesting placer
booking appointment: scheduled
start begin began onset first: start initial first
end stop finish last: end stop last
when: date time
where: location position
who: name
long: duration length time
big large: size
fast speed: rate velocity frequency
often: frequency rate interval
born birthday dob: birth
gender: sex
tall: size
mass kg heavy: weight
mm cm metre meter microns micron um: size spacing distance thickness
tissue sample biopsy block: specimen
slide: slide specimen container
stain staining stained dye: staining stain
helical helix: spiral
gap separation pitch: spacing distance interval
place coordinates: position location coordinate
upper: top
lower: bottom
zoom magnification enlargement: magnification power
objective: objective lens
text: text annotation comment comments label
writing burnt: burned
note notes remark remarks memo: comments comment description
caption title: label title
name: name label
picture photo photograph: photographic photography image
fundus retina: ophthalmic retinal
eye ocular eyes: ophthalmic eye ocular
cornea: corneal
iop tension: pressure
refraction glasses spectacles: refractive lens
heart: cardiac heart
brain head: brain cranial head
lung lungs chest: pulmonary chest lung
kidney: renal kidney
liver: hepatic liver
breast: mammography breast
tooth teeth dental: intra oral
skin mole: dermoscopic dermatology skin
organ anatomy anatomical: anatomic body
limb: extremity
side left right: laterality
pose posture lying lies lay: position
couch tabletop bed: table patient support
mlc multileaf collimator jaws jaw leaves leaf: leaf limiting collimator jaw
linac accelerator: treatment machine
brachy brachytherapy: brachy source
isocentre: isocenter
isotope nuclide radioisotope: radionuclide
radiotracer tracer pharmaceutical: radiopharmaceutical
injected injection: injection administered administration bolus
activity: activity dose
medium media agent dye: agent contrast
prescribed prescription: prescription prescribed
delivered given: delivered administered
planned: plan planned
therapy radiotherapy radiation: treatment radiation therapy
fraction fractions: fraction fractions
organs structures structure: structure roi
voltage kilovolt kilovoltage: kvp voltage
filtration: filter
magnet tesla: magnetic
probe: transducer
fluoro: fluoroscopy radiofluoroscopic
pulse: pulse sequence
tr: repetition
te: echo
brightness level: center level
darkness grayscale greyscale gray: grayscale monochrome
colour: color
shade lookup: lookup lut
lut: lookup lut
look: lookup
transparent transparency: opacity blending alpha
draw drawing drawn arrow marker: graphic annotation
measurement measurements measure measured ruler caliper: measurement measured distance
compress compressed codec compressing: compression compressed
zip zipped: compression deflated
signed unsigned sign: representation
interleaved interleaving: planar
depth: depth bits thickness
byte bytes bytesize: length size
width columns: columns width
height rows: rows height
dimension dimensions: dimension size
resolution: resolution spacing
array matrix: data matrix
pixels voxel voxels: pixel voxel
movie video clip loop cine: cine video frame
frames: frames frame
anonymous anonymised anonymized anonymisation anonymization pseudonymised: deidentification removed
secret privacy private: private confidentiality
password login: user identity
uid guid identifier unique: uid identifier
id identification number: id identifier
kind sort category: type class
kinds: types
creator author writer: creator author
created creation written: creation created
changed modified edited updated: modified modification
previous prior old: prior previous
failure failed error wrong: error failure failed reason
why: reason
state: status state
finished complete completed: completion completed
approved signed verified: approval verified verification
average mean: average mean
minimum lowest smallest least min: minimum smallest
maximum highest largest biggest most max: maximum largest
middle centre: center
tilt tilted: tilt angle
turn rotation rotated turning: rotation angle revolution
direction cosine cosines vectors: orientation direction
offset intercept: offset intercept
language country: language country
charset letters umlaut: character
race: ethnic
diagnosis disease: diagnosis diagnoses finding
indication: reason indication
report: report document
barcode: container identifier label
camera: photography photographic device
lamp light led laser: illumination light source
focus: focal focus field
dilated dilation mydriatic: dilated mydriatic
ecg leads lead: lead channel waveform
trace curve signal: waveform channel
heartbeat beat pulse: heart beat
breathing breath: respiratory respiration
gating gated triggered trigger: trigger gating synchronization cardiac
position: position location
slice: slice plane
cut section: slice plane section
stack series: series stack
teaching: selection
reject rejected rejection: rejected quality
print printer film: print film
"""
_EQUAL = """
position = location
size = dimension
spacing = distance
rate = frequency
device = equipment
exposure = dose
pixel = image
slice = plane = frame
physician = physicians
type = class
duration = time
ophthalmic = retinal
depth = thickness
radiopharmaceutical = radionuclide
angle = rotation
operator = operators
"""

# Words of questions, and units: a name does not have to have them.
HINTS = frozenset(
    re.findall(
        r"\w+",
        "who where when why many much long big large tall fast often far old "
        # Units: a name seldom has one.
        "mm cm um ms msec seconds hz khz mhz kg gram grams kev mev kv ma gy mgy cgy bq mbq "
        "degree degrees deg percent",
    )
)
LONGEST_ORDINAL = 2  # digits
# Words around what a question is about; they do not have to be in a name.
FILLERS = frozenset(
    re.findall(
        r"\w+",
        "do did can could should would will i my me you your it its this that "
        "these those there be been was were has have had get gets find show see read know give "
        "tell tells say says need use used using set "
        "stored store save saved encode encoded written write contain "
        "contains mean means meaning definition define defined explain from with by between per vs "
        "versus about if not only any all each one list values value tag tags attribute "
        "attributes element elements field file files dataset dicom header allowed possible "
        "called named specify specified required mandatory optional work works does "
        "difference format example way different into out as than then so we our their",
    )
)


def is_hint(word: str) -> bool:
    """Whether a name does not have to have a word: of a question, a unit, a letter, a 3."""
    return word in HINTS or len(word) == 1 or (word.isdecimal() and len(word) <= LONGEST_ORDINAL)


def without_question(words: list[str]) -> list[list[str]]:
    """The words of a query without those of a question, then also without fillers and ordinals.

    >>> without_question(["many", "bits", "per", "pixel"])
    [['bits', 'per', 'pixel'], ['bits', 'pixel']]
    """
    bare = [word for word in words if word not in HINTS]
    barer = [word for word in bare if word not in FILLERS and not is_hint(word)]
    return [other for other in (bare, barer) if other and other != words]


def _read() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in _EVERYDAY.strip().splitlines():
        everyday, _, standard = line.partition(":")
        for word in everyday.split():
            found[word] |= dict.fromkeys(other for other in standard.split() if other != word)
    for line in _EQUAL.strip().splitlines():
        same = line.split(" = ")
        for word in same:
            found[word] |= dict.fromkeys(other for other in same if other != word)
    return {word: tuple(others) for word, others in found.items()}


SYNONYMS = _read()
