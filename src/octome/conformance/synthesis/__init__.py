"""Instances built from the rules alone: the reverse of a check, for testing what reads DICOM."""
