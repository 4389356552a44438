"""What a sync did."""

from __future__ import annotations

from octome.standard.edition_manifest import KeptEdition, KeptFile
from octome.standard.synced import summary


def test_parts_are_in_the_order_of_their_numbers() -> None:
    parts = {n: KeptFile(file=f"part{n}.xml.gz", size=2, sha256="") for n in ("15", "3", "6")}
    manifest = KeptEdition(edition="2024a", origin="pond", date="2026-01-31", parts=parts)
    done = summary(manifest, is_new=True, missing=[20, 9])
    assert (done.parts, done.missing, done.size) == (("3", "6", "15"), (9, 20), 6)
