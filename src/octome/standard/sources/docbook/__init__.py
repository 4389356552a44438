"""Any edition of the Standard, from the official DocBook: one XML file for each part.

The files are at `https://dicom.nema.org/medical/dicom/<edition>/source/docbook/`.
"""
