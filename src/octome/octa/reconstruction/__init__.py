"""From raw spectra to complex B-scans: background, wavenumber, dispersion, window, Fourier.

`bscan.reconstruct` runs all of it; `dispersion.found_dispersion` finds in the data what the
calibration lacks.
"""
