"""A simulated eye with known truth: a macula, its vessels, its motion, the machine that scans it.

The eye is a function of position: the same seed gives the same retina, for any part of it at any
resolution. What a scan records follows from physics: scatterers, the beam, the spectrum.

`eye.py` simulates raw spectra of a macula, with flow and motion. `structural_eye.py` goes straight
to the structure of any eye, with lesions, artefacts and every kind of scan.
"""
