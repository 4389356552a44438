"""The surfaces between the retina's layers, found in a structural volume.

Coarse to fine: the ILM and the RPE on thinned B-scans (`anchor`), the layers between them on a
flattened, averaged band (`inner`, `outer`), then each surface on its own narrow strip
(`refinement`), and Bruch's membrane from all of these (`bruch`). The one public function
is in `layers`.
"""
