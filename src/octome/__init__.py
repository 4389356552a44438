"""octome: the DICOM Standard as data, and OCT angiography as conformant DICOM instances."""

from importlib.metadata import version

__version__ = version("octome")
