"""Short names of attributes, each with keywords: common abbreviations and everyday names."""

from __future__ import annotations

from octome.standard.search.short_names.table import read_table

ATTRIBUTES = read_table("""
accnum accession accessionno acc accessionnr: AccessionNumber
adc: DiffusionBValue RealWorldValueMappingSequence
aet aetitle: RetrieveAETitle StationAETitle SourceApplicationEntityTitle
age: PatientAge
anonymized anonymised anonymization anonymisation: PatientIdentityRemoved DeidentificationMethod
deidentified deidentification deid: PatientIdentityRemoved DeidentificationMethod
axlen axiallen axiallength: OphthalmicAxialLength OphthalmicAxialLengthSequence
bitdepth: BitsStored BitsAllocated
birthday birthdate dob dateofbirth: PatientBirthDate
bval bvalue bvalues diffusionb: DiffusionBValue
bvec gradientdirection: DiffusionGradientOrientation
bpe bodypart: BodyPartExamined
charset characterset encoding: SpecificCharacterSet
isoir isoir6 isoir100 isoir192 utf8 latin1 unicode gb18030 gbk: SpecificCharacterSet
ctdi ctdivol ctdose: CTDIvol
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
fps framerate framespersecond framepersecond: CineRate FrameTime RecommendedDisplayFrameRate
gender sex: PatientSex
tracer radiotracer: Radiopharmaceutical
breastthickness: BodyPartThickness
tableangle tabletilt tilttable: TableAngle PatientSupportAngle
numberofbit bitsperpixel bitpixel pixelbit pixeldepth: BitsStored BitsAllocated
hash checksum: MAC MACAlgorithm
gantry: GantryDetectorTilt GantryAngle
bgt: BeamLimitingDeviceAngle
height: PatientSize
hospital: InstitutionName
hu hounsfield hounsfieldunit: RescaleType RescaleSlope RescaleIntercept
sliceorientation: ImageOrientationPatient PlaneOrientationSequence
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
pixelsize resolution pixelpermm micronperpixel mmperpixel dpi mpp: PixelSpacing ImagerPixelSpacing
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
serialnumber serial sn: DeviceSerialNumber
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
bpm hr pulserate beatsperminute: HeartRate
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
imagesize imagedimension imagewidth: Columns Rows
vendor vendorname maker: Manufacturer
anatomy: AnatomicRegionSequence BodyPartExamined
wavelength: IlluminationWaveLength
oldpatientid otherid: OtherPatientIDs OtherPatientIDsSequence
aec: ExposureControlMode
acd: AnteriorChamberDepthSequence AnteriorChamberDepth
asl: ArterialSpinLabelingContrast
bmi: PatientBodyMassIndex
cylinder cyl: CylinderPower CylinderSequence
fatsat fatsuppression fatsaturation: SpectrallySelectedSuppression ScanOptions
imagenumber imageno imagenr slicenumber: InstanceNumber
lmp: LastMenstrualDate
na numericalaperture: ObjectiveLensNumericalAperture
pd pupillarydistance: DistancePupillaryDistance
ptv gtv ctv oar: RTROIInterpretedType
sph: SpherePower
ssd sourcetoskindistance: SourceToSurfaceDistance
uptake uptaketime: RadiopharmaceuticalStartDateTime RadiopharmaceuticalStartTime
""")
