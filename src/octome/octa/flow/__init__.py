"""Flow: what changed between repeats of a B-scan, and which changes were not blood.

`methods` has every algorithm in one table; the others remove noise, bulk motion, projections
and stripes.
"""
