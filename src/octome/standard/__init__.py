"""The DICOM Standard as data: editions, CIODs, modules, attributes, sections, SOP classes, codes.

`octome.standard.library.open_library()` opens it, `Library.at(path)` returns a page. This package
does not deal with images.
"""
