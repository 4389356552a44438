"""OCT angiography on arrays: from raw spectra to en face images, with no DICOM in it.

Raw spectra are `(B, R, X, K)`, repeated B-scans `(B, R, Z, X)`, volumes `(B, Z, X)`, surfaces and
en face images `(B, X)`: B-scan (slow axis), repeat, depth (row 0 at the vitreous), A-scan (fast
axis), wavenumber sample. Amplitude is linear unless a name ends in `_db`.
"""
