"""The surfaces between the retina's layers, found in a structural volume.

Brightness as ranks (`tissue_rank`), then coarse to fine: the ILM and BM on thinned B-scans
(`anchor`), EZ and RPE (`outer`), the layers between on a flattened, averaged band (`inner`,
`layer_level`, `shadow`), then each surface on its own narrow strip (`refinement`), and Bruch's
membrane from all of these (`bruch`), except in the optic disc (`optic_disc`). However they
were found: what speaks for each (`evidence`), the chance that it is right (`certainty`), and a
verdict on the scan (`scan_verdict`). The one public function is in `layers`.
"""
