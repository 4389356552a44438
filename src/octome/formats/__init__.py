"""The files of OCT devices as octome's values: volumes, their spacing, and the devices' own layers.

Whom the scan shows never leaves the file: no name, number, birth date or sex is read out of it.
"""
