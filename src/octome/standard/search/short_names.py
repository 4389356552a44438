"""Short names: modality codes and abbreviations of CIODs and attributes.

They are the defined terms of Modality (PS3.3 C.7.3.1.1.1) and common abbreviations. Each leads to
ids of CIODs, or to keywords of attributes, the likeliest first. A name is written in lower case
without spaces and marks, as `squash` returns it.
"""

from __future__ import annotations

import re


def squash(words: str) -> str:
    """Words without case, spaces and marks, for comparing names.

    >>> squash("Patient's Name"), squash("pixel_spacing"), squash("X-Ray")
    ('patientsname', 'pixelspacing', 'xray')
    """
    return re.sub(r"[\W_]+", "", words.casefold())


def _table(lines: str) -> dict[str, tuple[str, ...]]:
    """Each line: names, a colon, what they lead to."""
    found = {}
    for line in lines.strip().splitlines():
        names, _, targets = line.partition(":")
        for name in names.split():
            found[name] = tuple(targets.split())
    return found


CIODS = _table("""
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
dx dr: digital-x-ray-image
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
ko kos kin kosd: key-object-selection-document
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
octangiography: ophthalmic-optical-coherence-tomography-en-face-image
angiographyflow: ophthalmic-optical-coherence-tomography-en-face-image
enface: ophthalmic-optical-coherence-tomography-en-face-image
optbsv bsv octbsv: ophthalmic-optical-coherence-tomography-b-scan-volume-analysis
op fundus fundusphoto: ophthalmic-photography-8-bit-image ophthalmic-photography-16-bit-image
slitlamp fluoresceinangiography ffa icga: ophthalmic-photography-8-bit-image
opm topography ctm: corneal-topography-map ophthalmic-thickness-map
otm thicknessmap: ophthalmic-thickness-map
opv vf visualfield perimetry hfa: ophthalmic-visual-field-static-perimetry-measurements
oss ossr: ophthalmic-axial-measurements
ot sc: secondary-capture-image multi-frame-true-color-secondary-capture-image
macular mgtv: macular-grid-thickness-and-volume-report
pa photoacoustic: photoacoustic-image
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
cbct: x-ray-3d-angiographic-image x-ray-3d-craniofacial-image ct-image
pointcloud sps: surface-scan-point-cloud
surfacemesh: surface-scan-mesh
ivim dwi fmri dti: enhanced-mr-image mr-image
4dus usvolume 3dus: enhanced-us-volume
cine: multi-frame-true-color-secondary-capture-image
screenshot: secondary-capture-image
""")

ATTRIBUTES = _table("""
accnum accession accessionno acc accessionnr: AccessionNumber
adc: DiffusionBValue RealWorldValueMappingSequence
aet aetitle: RetrieveAETitle StationAETitle SourceApplicationEntityTitle
age: PatientAge
anonymized anonymised anonymization anonymisation: PatientIdentityRemoved DeidentificationMethod
deidentified deidentification deid: PatientIdentityRemoved DeidentificationMethod
axlen axiallen: OphthalmicAxialLength OphthalmicAxialLengthSequence
bitdepth: BitsStored BitsAllocated
birthday birthdate dob dateofbirth: PatientBirthDate
bval bvalue bvalues diffusionb: DiffusionBValue
bvec gradientdirection: DiffusionGradientOrientation
bpe bodypart: BodyPartExamined
charset characterset encoding: SpecificCharacterSet
isoir isoir6 isoir100 isoir192 utf8 latin1 unicode gb18030 gbk: SpecificCharacterSet
ctdi ctdivol: CTDIvol
csd codingscheme: CodingSchemeDesignator
dap kap: ImageAndFluoroscopyAreaDoseProduct
dfov: ReconstructionDiameter
sfov: DataCollectionDiameter
deviation di: DeviationIndex
ei exi: ExposureIndex
tei: TargetExposureIndex
esak ese: EntranceDoseInmGy
etl turbofactor: EchoTrainLength
exptime: ExposureTime
fa flip: FlipAngle
for foruid frameofref frameofreference framereference: FrameOfReferenceUID
fov fieldofview: ReconstructionDiameter FieldOfViewDimensions HorizontalFieldOfView
fps framerate: CineRate FrameTime RecommendedDisplayFrameRate
gender sex: PatientSex
tracer radiotracer: Radiopharmaceutical
breastthickness: BodyPartThickness
tableangle tabletilt tilttable: TableAngle PatientSupportAngle
numberofbit bitsperpixel: BitsStored BitsAllocated
hash checksum: MAC MACAlgorithm
gantry: GantryDetectorTilt GantryAngle
bgt: BeamLimitingDeviceAngle
height: PatientSize
hospital: InstitutionName
hu hounsfield hounsfieldunit: RescaleType RescaleSlope RescaleIntercept
iop: ImageOrientationPatient IntraOcularPressure
ipp: ImagePositionPatient
directioncosine: ImageOrientationPatient
pixelarray: PixelData
intraocularpressure eyepressure: IntraOcularPressure
eye eyeside laterality odos: ImageLaterality Laterality FrameLaterality
jpegquality: LossyImageCompressionRatio
kernel reckernel reconstructionkernel: ConvolutionKernel
kv kvp tubevoltage: KVP
lossy: LossyImageCompression LossyImageCompressionRatio LossyImageCompressionMethod
b0 fieldstrength tesla: MagneticFieldStrength
ma tubecurrent: XRayTubeCurrent
mas: Exposure ExposureInmAs
mrn pid patid: PatientID
matrix: AcquisitionMatrix Rows Columns
mlc: LeafJawPositions BeamLimitingDeviceSequence
mu monitorunits: BeamMeterset PrimaryDosimeterUnit
nex nsa: NumberOfAverages
nframes frames framecount slicecount: NumberOfFrames NumberOfSlices
ipid: IssuerOfPatientID
pffg pffgs perframe: PerFrameFunctionalGroupsSequence
sfgs sharedgroups: SharedFunctionalGroupsSequence
phi pii: PatientIdentityRemoved DeidentificationMethod BurnedInAnnotation
burnedin burntin: BurnedInAnnotation
pi photometric colorspace colorspaces: PhotometricInterpretation
pitch: SpiralPitchFactor
pixelsize resolution: PixelSpacing ImagerPixelSpacing
voxelsize voxelspacing: PixelSpacing SliceThickness SpacingBetweenSlices
contourpoint roipoint: ContourData
pn patname ptname: PatientName
padding: PixelPaddingValue
manufacturermodel model scannermodel: ManufacturerModelName
reqphys referrer referring: ReferringPhysicianName
sad: DistanceSourceToPatient
sid sdd: DistanceSourceToDetector
sod: DistanceSourceToPatient
sar: SpecificAbsorptionRateValue SAR
serialnumber serial: DeviceSerialNumber
seriesuid: SeriesInstanceUID
softwareversion swversion: SoftwareVersions
slicespacing slicegap: SpacingBetweenSlices
sopuid sopiuid sopinstance iuid imageuid instanceuid: SOPInstanceUID
sopclass sopclassuid scuid: SOPClassUID
station: StationName
suid studyuid stuid studyiuid siuid: StudyInstanceUID SeriesInstanceUID
suv suvbw: Units SUVType DecayCorrection
te echo: EchoTime EffectiveEchoTime
ti inversion: InversionTime
tr repetition: RepetitionTime
tid: TemplateIdentifier
tz timezone: TimezoneOffsetFromUTC
ts tsuid tsyntax: TransferSyntaxUID
udi: UniqueDeviceIdentifier UDISequence
voi voilut: VOILUTSequence VOILUTFunction
ww windowwidth: WindowWidth
wc wl windowlevel windowcenter windowcentre: WindowCenter
wlww wwwl windowing window windowwidthlevel: WindowWidth WindowCenter
weight: PatientWeight
pixels imagedata pixeldata: PixelData
spp samples: SamplesPerPixel
rr respiratoryrate: RRIntervalTimeNominal HeartRate
bpm hr: HeartRate
gradient: DiffusionGradientOrientation
injecteddose activity: RadionuclideTotalDose
iccprofile icc: ICCProfile
dimensionindex dimorg: DimensionIndexSequence DimensionIndexValues
mediatype mimetype: MIMETypeOfEncapsulatedDocument
ward location: CurrentPatientLocation
monochrome monochrome1 monochrome2 rgb ybr ybrfull ybrfull422: PhotometricInterpretation
ybrpartial420 ybrict ybrrct: PhotometricInterpretation
slope: RescaleSlope
intercept: RescaleIntercept
contrast contrastagent: ContrastBolusAgent
refsop: ReferencedSOPInstanceUID
mssopclass: MediaStorageSOPClassUID
implementation: ImplementationClassUID ImplementationVersionName
zspacing: SpacingBetweenSlices SliceThickness
wavelength: IlluminationWaveLength
oldpatientid otherid: OtherPatientIDs OtherPatientIDsSequence
""")

TRANSFER_SYNTAXES = {
    name: tuple(f"1.2.840.10008.1.2{end}" for end in ends.split())
    for name, ends in (
        line.split(": ")
        for line in """
ivrle: .0
evrle: .1
explicit: .1 .2
explicitle: .1
bigendian: .2
deflate: .1.99
deflated: .1.99
jpeg: .4.50 .4.51 .4.57 .4.70
jpegbaseline: .4.50
jpegextended: .4.51
jpeglossless: .4.70 .4.57
jpegls: .4.80 .4.81
jls: .4.80 .4.81
jpegxl: .4.110 .4.111 .4.112
jxl: .4.110 .4.111 .4.112
jpeg2000: .4.91 .4.90
jpeg2k: .4.91 .4.90
jp2: .4.91 .4.90
j2k: .4.91 .4.90
htj2k: .4.203 .4.201 .4.202
rle: .5
rlelossless: .5
mpeg2: .4.100 .4.101
mpeg4: .4.102 .4.103
h264: .4.102 .4.104
avc: .4.102 .4.104
h265: .4.107 .4.108
hevc: .4.107 .4.108
""".strip().splitlines()
    )
}
for _name in ("ivrle", "implicit", "implicitle", "defaulttransfersyntax"):
    TRANSFER_SYNTAXES[_name] = ("1.2.840.10008.1.2",)

UIDS = _table("""
echo cecho verification ping: 1.2.840.10008.1.1
mwl worklist modalityworklist dmwl: 1.2.840.10008.5.1.4.31
mpps: 1.2.840.10008.3.1.2.3.3
storagecommitment stgcmt commitment: 1.2.840.10008.1.20.1
cfind qr qrfind: 1.2.840.10008.5.1.4.1.2.2.1 1.2.840.10008.5.1.4.1.2.1.1
cmove qrmove: 1.2.840.10008.5.1.4.1.2.2.2 1.2.840.10008.5.1.4.1.2.1.2
cget qrget: 1.2.840.10008.5.1.4.1.2.2.3 1.2.840.10008.5.1.4.1.2.1.3
ups unifiedprocedurestep: 1.2.840.10008.5.1.4.34.6.1
basicfilm print filmprinting: 1.2.840.10008.5.1.1.9 1.2.840.10008.5.1.1.1
""")

# Words of the query that name the kind of result.
KINDS = {
    "attribute": "attribute",
    "cid": "context group",
    "ciod": "CIOD",
    "element": "attribute",
    "iod": "CIOD",
    "keyword": "attribute",
    "macro": "macro",
    "modality": "CIOD",
    "module": "module",
    "object": "CIOD",
    "tag": "attribute",
}

# Ignored in a query.
STOP_WORDS = frozenset(
    re.findall(r"\w+", "a an and are at dicom does for how in is of on or the to what which")
)
