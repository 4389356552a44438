"""Flow: what changed between repeats of a B-scan, and what of it was not blood.

`methods` has every algorithm in one table; the others take away noise, bulk motion, projections
and stripes.
"""
