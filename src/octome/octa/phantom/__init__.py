"""A simulated eye with known truth: a macula, its vessels, its motion, the machine that scans it.

The eye is a function of place: the same seed gives the same retina, whatever part of it is scanned
and however finely. What a scan records follows from physics: scatterers, the beam, the spectrum.
"""
