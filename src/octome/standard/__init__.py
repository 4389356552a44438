"""The DICOM Standard as data: editions, CIODs, modules, attributes, sections, SOP classes, codes.

`octome.standard.library.open_library()` opens it, `Library.at(path)` answers. This room knows
nothing of images and imports no other room.
"""
