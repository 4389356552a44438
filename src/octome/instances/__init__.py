"""DICOM instances of the OCT angiography chain: octa's values to and from pydicom's data sets."""
