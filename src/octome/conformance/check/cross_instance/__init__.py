"""Instances checked against each other, where several are checked together."""
