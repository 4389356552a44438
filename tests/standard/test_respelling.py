"""Old and sloppy spellings of paths."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/ciods/cr-image", "/ciods/computed-radiography-image"),
        ("/ciods/CT-Image", "/ciods/ct-image"),
        ("/CIODs/CT_Image", "/ciods/ct-image"),
        ("/ciods/ct image/Image-Plane/0028,0030", "/ciods/ct-image/image-plane/00280030"),
        ("/modules/Image-Plane/(0028,0030)", "/modules/image-plane/00280030"),
        ("/modules/image-plane/0x00280030", "/modules/image-plane/00280030"),
        ("/attributes/0028,0030", "/attributes/00280030"),
        ("/attributes/(60xx,3000)", "/attributes/60xx3000"),
        ("/sections/c.7.6.1.1.2", "/sections/C.7.6.1.1.2"),
        ("/sections/sect_C.7.6.1.1.2", "/sections/C.7.6.1.1.2"),
        ("/context-groups/CID 29", "/context-groups/29"),
        ("/attributes/28,30", "/attributes/00280030"),
        ("/vr/PN", "/attributes/PN"),
        ("/parts/PS3.3", "/parts/3"),
        ("/editions/2020b", "/editions"),
        ("/editions/Current", "/editions"),
        ("/current", "/editions"),
        ("2026B", "/editions"),
        ("PixelSpacing", "/attributes/00280030"),
        ("(0010,0010)", "/attributes/00100010"),
        ("00100010", "/attributes/00100010"),
        ("C.7.6.1.1.2", "/sections/C.7.6.1.1.2"),
        ("CID29", "/context-groups/29"),
        ("PS3.5", "/parts/5"),
        ("1.2.840.10008.5.1.4.1.1.2", "/uids/1.2.840.10008.5.1.4.1.1.2"),
    ],
)
def test_sloppy_spelling_leads_to_the_page(library: Library, typed: str, path: str) -> None:
    assert library.at(typed).path == path


def test_name_of_its_own_edition_stays(library: Library) -> None:
    assert library.at("/ciods/cr-image", "2020b").path == "/ciods/cr-image"
