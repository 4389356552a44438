"""The surfaces between the retina's layers, found in a structural volume.

Coarse to fine: the ILM and the RPE on thinned B-scans (`anchor`), the layers between them on a
flattened, averaged band (`inner`, `outer`), then each surface on a narrow strip of its own
(`refinement`), and Bruch's membrane from all of that (`bruch`). The one public function
is in `layers`.
"""
