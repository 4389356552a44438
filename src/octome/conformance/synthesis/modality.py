"""The Modality of each CIOD: PS3.3 C.7.3.1.1.1, and A.x for CIODs that state theirs."""

from __future__ import annotations

from octome.conformance.synthesis.slot import Slot

# A word of the CIOD's id -> its Modality; the first matching row counts.
MODALITIES = (
    ("computed-radiography", "CR"), ("cr-image", "CR"), ("enhanced-continuous-rt", "RTIMAGE"),
    ("enhanced-rt-image", "RTIMAGE"), ("rt-image", "RTIMAGE"), ("rt-dose", "RTDOSE"),
    ("rt-structure-set", "RTSTRUCT"), ("rt-radiation-record-set", "RTRECORD"),
    ("radiation-salvage", "RTRECORD"), ("radiation-record", "RTRECORD"),
    ("treatment-record", "RTRECORD"), ("treatment-summary", "RTRECORD"),
    ("delivery-instruction", "PLAN"), ("rt-plan", "RTPLAN"), ("rt-ion-plan", "RTPLAN"),
    ("rt-physician-intent", "RTINTENT"), ("rt-segment-annotation", "RTSEGANN"),
    ("rt-radiation-set", "RTRAD"), ("electron-radiation", "RTRAD"),
    ("tomotherapeutic-radiation", "RTRAD"), ("robotic-arm-radiation", "RTRAD"),
    ("rt-treatment-preparation", "RTINTENT"), ("rt-patient-position", "RTINTENT"),
    ("waveform-annotation-sr", "SR"), ("waveform-presentation", "PR"),
    ("waveform-acquisition", "PR"), ("presentation-state", "PR"), ("structured-display", "PR"),
    ("key-object", "KO"), ("rendition-selection", "KO"), ("spectacle", "SR"), ("-sr", "SR"),
    ("procedure-log", "SR"), ("radiation-dose-structured", "SR"), ("thickness-and-volume", "SR"),
    ("content-assessment", "ASMT"), ("en-face", "OPTENF"), ("b-scan-volume", "OPTBSV"),
    ("intravascular", "IVOCT"), ("ophthalmic-photography", "OP"), ("ophthalmic-tomography", "OPT"),
    ("thickness-map", "OPM"), ("corneal-topography", "OPM"), ("visual-field", "OPV"),
    ("lensometry", "LEN"), ("autorefraction", "AR"), ("keratometry", "KER"),
    ("subjective-refraction", "SRF"), ("visual-acuity", "VA"), ("axial-measurements", "OAM"),
    ("intraocular-lens", "IOL"), ("stereometric", "SMR"), ("segmentation", "SEG"),
    ("spatial-registration", "REG"), ("fiducials", "FID"), ("surface-scan", "OSS"),
    ("real-world-value", "RWV"), ("bulk-simple-annotations", "ANN"), ("tractography", "MR"),
    ("encapsulated-pdf", "DOC"), ("encapsulated-cda", "DOC"), ("encapsulated", "M3D"),
    ("whole-slide", "SM"), ("slide-coordinates", "SM"), ("confocal", "CFM"),
    ("dermoscopic", "DMS"), ("endoscopic", "ES"), ("microscopic", "GM"), ("photographic", "XC"),
    ("photoacoustic", "PA"), ("audio", "AU"), ("ecg", "ECG"), ("hemodynamic", "HD"),
    ("electrophysiology", "EPS"), ("arterial-pulse", "HD"), ("respiratory", "RESP"),
    ("electroencephalogram", "EEG"), ("electromyogram", "EMG"), ("electrooculogram", "EOG"),
    ("body-position", "POS"), ("secondary-capture", "OT"), ("-sc-image", "OT"),
    ("raw-data", "OT"), ("parametric-map", "OT"), ("digital-x-ray", "DX"),
    ("mammography", "MG"), ("intra-oral", "IO"), ("breast", "MG"), ("craniofacial", "CT"),
    ("radiofluoroscopic", "RF"), ("xrf", "RF"), ("angiographic", "XA"), ("xa-", "XA"),
    ("nuclear", "NM"), ("nm-", "NM"), ("positron", "PT"), ("pet-", "PT"), ("ultrasound", "US"),
    ("us-", "US"), ("ct-", "CT"), ("mr-", "MR"),
)  # fmt: skip


def modality(slot: Slot) -> str:
    """The Modality of an instance; `OT` (other) if no row matches its CIOD."""
    ciod = slot.plan.ciod
    if "procedure-protocol" in ciod:
        return "XAPROTOCOL" if ciod.startswith("xa-") else "CTPROTOCOL"
    return next((word for part, word in MODALITIES if part in ciod), "OT")
