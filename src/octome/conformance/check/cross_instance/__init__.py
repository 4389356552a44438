"""Instances checked against each other, if there are several."""
