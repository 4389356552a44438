"""Short names of CIODs, each with ids of CIODs.

They are the defined terms of Modality (PS3.3 C.7.3.1.1.1), common abbreviations, and what people
call the images.
"""

from __future__ import annotations

from octome.standard.search.short_names.table import read_table

_CODES = read_table("""
ann: microscopy-bulk-simple-annotations
ar autoref autorefraction: autorefraction-measurements
asmt: content-assessment-results
au: basic-voice-audio-waveform general-audio-waveform real-time-audio-waveform
bdus us: ultrasound-image ultrasound-multi-frame-image enhanced-us-volume
bmd: x-ray-radiation-dose-sr digital-x-ray-image
cad cadsr: mammography-cad-sr chest-cad-sr colon-cad-sr
chestcad: chest-cad-sr
coloncad: colon-cad-sr
mammocad mammographycad: mammography-cad-sr
cfm confocal: confocal-microscopy-image confocal-microscopy-tiled-pyramidal-image
cr: computed-radiography-image
cda: encapsulated-cda
csps: color-softcopy-presentation-state
ct cat: ct-image enhanced-ct-image
ctprotocol: ct-defined-procedure-protocol ct-performed-procedure-protocol
dbt tomo tomosynthesis: breast-tomosynthesis-image
bprojection: breast-projection-x-ray-image
dicomdir: basic-directory
dms derm dermatology dermoscopy: dermoscopic-photography-image
doc pdf encappdf epdf: encapsulated-pdf
dsr: deformable-spatial-registration
dx dr: digital-x-ray-image computed-radiography-image
ecg ekg: 12-lead-ecg general-ecg ambulatory-ecg general-32-bit-ecg
12lead: 12-lead-ecg
holter: ambulatory-ecg
eeg: routine-scalp-electroencephalogram sleep-electroencephalogram
emg: electromyogram
eog: electrooculogram
eps: basic-cardiac-electrophysiology-waveform
es endo endoscopy: vl-endoscopic-image video-endoscopic-image real-time-video-endoscopic-image
esr: enhanced-sr
csr: comprehensive-sr
c3dsr 3dsr: comprehensive-3d-sr
btsr: basic-text-sr
fid: spatial-fiducials
gm: vl-microscopic-image video-microscopic-image
gsps gspspr: grayscale-softcopy-presentation-state
hc: secondary-capture-image
hd: hemodynamic-waveform
hp hangingprotocols: hanging-protocol
io: digital-intra-oral-x-ray-image vl-photographic-image
iol: intraocular-lens-calculations
iolcalc: intraocular-lens-calculations
ivoct: intravascular-optical-coherence-tomography-image
ivus: ultrasound-multi-frame-image intravascular-optical-coherence-tomography-image
ker keratometry: keratometry-measurements
ko kos kin kosd keyimage keyimagenote keyimageselection: key-object-selection-document
len lensometry: lensometry-measurements
m3d: encapsulated-stl encapsulated-obj encapsulated-mtl
stl: encapsulated-stl
obj: encapsulated-obj
mtl: encapsulated-mtl
mg mammo mammography ffdm: digital-mammography-x-ray-image breast-tomosynthesis-image
mr mri: mr-image enhanced-mr-image
emr: enhanced-mr-image
ect: enhanced-ct-image
epet: enhanced-pet-image
mrs: mr-spectroscopy
nm spect scintigraphy: nuclear-medicine-image
oam axiallength biometry: ophthalmic-axial-measurements
opt oct: ophthalmic-tomography-image intravascular-optical-coherence-tomography-image
optenf: ophthalmic-optical-coherence-tomography-en-face-image
enf: ophthalmic-optical-coherence-tomography-en-face-image
octenf: ophthalmic-optical-coherence-tomography-en-face-image
octa: ophthalmic-optical-coherence-tomography-en-face-image
octangiography octangio octangiogram: ophthalmic-optical-coherence-tomography-en-face-image
angiographyflow: ophthalmic-optical-coherence-tomography-en-face-image
enface: ophthalmic-optical-coherence-tomography-en-face-image
optbsv bsv octbsv bscan: ophthalmic-optical-coherence-tomography-b-scan-volume-analysis
op fundus fundusphoto: ophthalmic-photography-8-bit-image ophthalmic-photography-16-bit-image
slitlamp fluoresceinangiography ffa icga: ophthalmic-photography-8-bit-image
opm topography ctm: corneal-topography-map ophthalmic-thickness-map
otm thicknessmap: ophthalmic-thickness-map
opv vf visualfield perimetry hfa: ophthalmic-visual-field-static-perimetry-measurements
oss ossr: ophthalmic-axial-measurements
ot sc: secondary-capture-image multi-frame-true-color-secondary-capture-image
macular mgtv: macular-grid-thickness-and-volume-report
pa photoacoustic: photoacoustic-image
pachymetry: ophthalmic-thickness-map corneal-topography-map
panorex px panoramic dpt: digital-x-ray-image
pr: grayscale-softcopy-presentation-state color-softcopy-presentation-state
ps: grayscale-softcopy-presentation-state color-softcopy-presentation-state
presentationstate: grayscale-softcopy-presentation-state color-softcopy-presentation-state
bps: blending-softcopy-presentation-state
abps: advanced-blending-presentation-state
pcps: pseudo-color-softcopy-presentation-state
vrps: volume-rendering-volumetric-presentation-state
mprps: planar-mpr-volumetric-presentation-state
plan: rt-plan
pmap: parametric-map
pos: body-position-waveform
pt pet petct: positron-emission-tomography-image enhanced-pet-image
ra raw rawdata: raw-data
rdsr xrdsr dosesr dosereport: x-ray-radiation-dose-sr enhanced-x-ray-radiation-dose-sr
rrdsr: radiopharmaceutical-radiation-dose-sr
prdsr: patient-radiation-dose-sr
reg registration: spatial-registration deformable-spatial-registration
resp: respiratory-waveform multi-channel-respiratory-waveform
rf fluoro fluoroscopy: x-ray-radiofluoroscopic-image enhanced-xrf-image
rg: computed-radiography-image digital-x-ray-image
rtdose dose dosegrid: rt-dose
rtimage drr portalimage epid: rt-image
rtintent: rt-physician-intent
rtplan: rt-plan
rtionplan ionplan protonplan: rt-ion-plan
rtrad: rt-radiation-set c-arm-photon-electron-radiation
rtrecord: rt-beams-treatment-record rt-ion-beams-treatment-record rt-brachy-treatment-record
rtsegann: rt-segment-annotation
rtstruct rtss rtst structureset contours: rt-structure-set
rwvm rwv: real-world-value-mapping
seg segmentations mask: segmentation surface-segmentation
labelmap: segmentation
hmseg: height-map-segmentation
sm wsi wholeslide wholeslideimage digitalpathology pathology: vl-whole-slide-microscopy-image
slidecoordinates: vl-slide-coordinates-microscopic-image
smr: stereometric-relationship
sr structuredreport structuredreporting: comprehensive-sr enhanced-sr basic-text-sr
srf subjectiverefraction: subjective-refraction-measurements
stain: vl-whole-slide-microscopy-image
texturemap: encapsulated-obj
tg thermography: vl-photographic-image
trk tractography: tractography-results
va visualacuity: visual-acuity-measurements
spectacles: spectacle-prescription-report
vl: vl-photographic-image vl-endoscopic-image vl-microscopic-image
waveform wf: general-ecg 12-lead-ecg
wps: waveform-presentation-state
xa angiogram angiography angio dsa: x-ray-angiographic-image enhanced-xa-image
xrf exrf: enhanced-xrf-image
exa: enhanced-xa-image
xc photo photography: vl-photographic-image video-photographic-image
3dxa xray3d: x-ray-3d-angiographic-image
cbct conebeam conebeamct: x-ray-3d-angiographic-image x-ray-3d-craniofacial-image ct-image
pointcloud sps: surface-scan-point-cloud
surfacemesh: surface-scan-mesh
ivim dwi fmri dti: enhanced-mr-image mr-image
4dus usvolume 3dus: enhanced-us-volume
cine: multi-frame-true-color-secondary-capture-image
screenshot: secondary-capture-image
""")

# Everyday names of what has a short name.
_EVERYDAY = {
    "us": "sonography echocardiography doppler ultrasonography sonogram",
    "dx": "xray radiography plainfilm chestxray xrayimage digitalradiography",
    "ct": "ctscan computedtomography",
    "mr": "mriscan magneticresonance",
    "es": "endoscope colonoscopy gastroscopy bronchoscopy laparoscopy arthroscopy cystoscopy",
    "gm": "microscopy microscope microscopeimage",
    "sm": "histology histopathology cytology",
    "op": "fundusimage funduscamera retinalphoto retinalimage retinalphotography",
    "opt": "octscan octvolume octimage",
    "plan": "treatmentplan radiotherapyplan",
    "rtdose": "dosedistribution dosemap dosecube",
    "bmd": "dexa dxa bonedensity bonedensitometry",
    "xa": "cathlab coronaryangiography",
    "trk": "fibertracking",
    "mrs": "spectroscopy",
    "dms": "dermatoscopy",
    "au": "audio voice",
    "m3d": "3dmodel 3dprint",
    "io": "dental intraoral bitewing periapical dentalxray",
}

CIODS = _CODES | {name: _CODES[code] for code, names in _EVERYDAY.items() for name in names.split()}
