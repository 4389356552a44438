"""Where instances are stored: a folder, a DICOMweb server, a DICOM storage service."""
