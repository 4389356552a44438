"""Encoded DICOM, read once for everybody: files, data sets, damage, identity (PS3.5, PS3.10)."""
