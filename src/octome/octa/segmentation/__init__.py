"""The surfaces between the retina's layers, found in a structural volume.

Brightness as ranks (`tissue_rank`) on one grid of depth and width (`canonical`); the chances of
each surface in each column, from a network (`network`); neighbours share them, and the surfaces of
a column are chosen together (`learned`). Where nothing is seen nothing is found (`presence`), nor
in the optic disc (`optic_disc`), and the whole gets a verdict (`scan_verdict`). The one public
function is in `layers`.
"""
