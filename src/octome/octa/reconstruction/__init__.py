"""From raw spectra to complex B-scans: background, wavenumber, dispersion, window, Fourier.

`bscan.reconstruct` does it whole; `dispersion.found_dispersion` finds in the data what the
calibration does not know.
"""
