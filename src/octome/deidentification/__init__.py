"""Instances that identify nobody: the Basic Profile of PS3.15 Annex E and its options."""
