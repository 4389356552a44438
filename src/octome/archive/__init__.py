"""Where instances live beside a file: a folder, a DICOMweb server, a DICOM storage service."""
