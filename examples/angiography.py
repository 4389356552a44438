"""From a raw acquisition to en face angiograms, with a sheet of pictures to look at.

    octome simulate scan.h5 --size medium
    python examples/angiography.py scan.h5 sheet.png [METHOD]

METHOD is a name of `octome.octa.flow.methods.FLOW_METHODS`: omag (the default), ssada, ratio ...
"""

from __future__ import annotations

import sys

from PIL import Image

from octome.octa.acquisition_file import AcquisitionFile
from octome.octa.angiography import angiography
from octome.octa.avascular_zone import avascular_zone
from octome.octa.perfusion import perfusion
from octome.octa.scan_sheet import angiography_sheet
from octome.octa.slab import slab_type
from octome.octa.vessel_mask import vessel_map


def main(scan: str, sheet: str, method: str | None = None) -> None:
    """Process one acquisition, print its measures and draw its sheet."""
    with AcquisitionFile(scan) as file:
        made = angiography(
            file.acquisition,
            method=method,
            progress=lambda step, share: print(f"\r{share:5.0%}  {step:<20}", end="", flush=True),
        )
    print()
    g = made.geometry
    angiogram = made.flow_enface(slab_type("superficial").slab)
    step = {"bscan_mm": g.bscan_mm, "ascan_mm": g.ascan_mm}
    vessels = vessel_map(angiogram, **step)
    verdict = made.surfaces.verdict
    density = perfusion(vessels.mask, seen=vessels.seen, verdict=verdict, **step)
    zone = avascular_zone(vessels.mask, seen=vessels.seen, verdict=verdict, **step)
    print(f"segmentation: {verdict}")
    print(f"frames left out: {int((~made.motion.is_usable).sum())}")
    print(f"superficial vessel density: {density.vessel_density:.1%}")
    print(f"superficial length density: {density.length_density_per_mm:.1f} mm/mm2")
    measured = f"{zone.area_mm2:.3f} mm2, circularity {zone.circularity:.2f}"
    print(f"avascular zone: {zone.reason or measured}")
    Image.fromarray(angiography_sheet(made, title=f"{scan}: {made.method.meaning}")).save(sheet)
    print(f"drawn: {sheet}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
