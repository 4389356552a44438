"""Where instances live: a folder, a DICOMweb server, a DICOM storage service."""
