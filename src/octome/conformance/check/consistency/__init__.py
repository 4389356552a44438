"""Attributes of one instance checked against each other: one function for each rule."""
