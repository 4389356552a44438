"""A simulated eye with known truth: a macula, its vessels, its motion, the machine that scans it.

The eye is a function of position: the same seed gives the same retina, for any part of it at any
resolution. What a scan records follows from physics: scatterers, the beam, the spectrum.
"""
