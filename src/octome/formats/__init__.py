"""The files of OCT devices as octome's values: volumes, their spacing, and the devices' own layers.

The patient's identity never leaves the file: no name, number, birth date or sex is read from it.
"""
