"""Encoded DICOM and its one reader: files, data sets, damage, identity (PS3.5, PS3.10)."""
