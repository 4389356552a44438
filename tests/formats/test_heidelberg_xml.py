from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from octome.errors import DeviceFileUnreadable
from octome.formats.registry import read_device_volume

GREY = np.arange(60, dtype=np.uint8).reshape(3, 4, 5)

SCAN = """<HEDX><BODY><Patient><LastName>Miller</LastName><PatientID>4711</PatientID><Study>
<StudyDate><Date><Year>2020</Year><Month>02</Month><Day>03</Day></Date></StudyDate>
<Series><ExaminedStructure>{structure}</ExaminedStructure><Type>{kind}</Type><Laterality>L</Laterality>
<GeneralEquipment><ManufacturerModelName>Spectralis</ManufacturerModelName></GeneralEquipment>
<Image><ImageType><Type>LOCALIZER</Type><LightSource>IR</LightSource></ImageType>
<OphthalmicAcquisitionContext><Width>8</Width><Height>6</Height><ScaleX>0.5</ScaleX>
<ScaleY>0.25</ScaleY><Angle>30</Angle></OphthalmicAcquisitionContext>
<ImageData><ExamURL>NIR.tif</ExamURL></ImageData></Image>
{images}</Series></Study></Patient></BODY></HEDX>"""

IMAGE = r"""<Image>
<AcquisitionTime><Time><Hour>4</Hour><Minute>5</Minute><Second>6.7</Second></Time></AcquisitionTime>
<ImageType><Type>OCT</Type></ImageType><OphthalmicAcquisitionContext>
<Width>5</Width><Height>4</Height><ScaleX>0.0125</ScaleX><ScaleY>0.0039</ScaleY>
<Start><Coord><X>1.0</X><Y>{y}</Y></Coord></Start>
<End><Coord><X>1.0625</X><Y>{y}</Y></Coord></End>
</OphthalmicAcquisitionContext>
<ImageData><ExamURL>file:///\\server\..\exports\{name}</ExamURL></ImageData>
<Segmentation><SegLine><Name>ILM</Name><Array>1.5 1.5 3e+038 1.5 1.5</Array></SegLine>
<SegLine><Name>RPE</Name><Array>3 3 3 3 3</Array></SegLine></Segmentation></Image>"""


def written(folder: Path, kind: str = "Volume", head: str = "", structure: str = "Retina") -> Path:
    images = ""
    for index, bscan in enumerate(GREY):
        Image.fromarray(bscan).save(folder / f"B{index}.tif")
        images += IMAGE.format(y=5 - 0.25 * index, name=f"B{index}.tif")
    path = folder / "scan.xml"
    path.write_text(head + SCAN.format(kind=kind, images=images, structure=structure))
    return path


def test_pictures_next_to_the_description_are_its_bscans(tmp_path: Path) -> None:
    volume = read_device_volume(written(tmp_path))
    power = volume.structure**2
    # HEYEX's grey for a reflectivity, inverted.
    np.testing.assert_allclose((np.log(power + 2.44e-4) + 8.3) / 8.285 * 255, GREY, atol=1e-3)
    assert (volume.pattern, volume.laterality) == ("raster", "L")
    assert volume.acquired == datetime(2020, 2, 3, 4, 5, 6, 700_000)
    assert volume.bscan_times == (volume.acquired,) * 3
    assert volume.metadata["model"] == "Spectralis"
    assert "Miller" not in repr(volume.metadata)


def test_the_distance_of_bscans_comes_from_their_positions(tmp_path: Path) -> None:
    geometry = read_device_volume(written(tmp_path)).geometry
    assert (geometry.axial_mm, geometry.ascan_mm) == (0.0039, 0.0125)
    assert geometry.bscan_mm == pytest.approx(0.25)


def test_only_lines_that_are_surfaces_of_octome_are_taken(tmp_path: Path) -> None:
    surfaces = read_device_volume(written(tmp_path)).surfaces
    assert surfaces is not None
    # Heidelberg's RPE is the inner border of the layer; octome's is its centre.
    assert list(surfaces.rows) == ["ILM"]
    np.testing.assert_array_equal(
        surfaces["ILM"], np.array([[1.5, 1.5, np.nan, 1.5, 1.5]] * 3, np.float32)
    )


@pytest.mark.parametrize(("word", "pattern"), [("Star", "radial"), ("Circle", "circle")])
def test_a_series_states_how_its_bscans_lie(tmp_path: Path, word: str, pattern: str) -> None:
    path = written(tmp_path, kind=word)
    # Ends that contradict the spacing are not used.
    path.write_text(path.read_text().replace("1.0625", "7.0"))
    assert read_device_volume(path).pattern == pattern


def test_a_missing_picture_is_named(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "B1.tif").unlink()
    with pytest.raises(DeviceFileUnreadable, match=r"names the picture B1\.tif, which is not"):
        read_device_volume(path)


def test_a_picture_of_another_size_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path)
    Image.new("L", (9, 9)).save(tmp_path / "B2.tif")
    with pytest.raises(DeviceFileUnreadable, match=r"B2\.tif is 9 x 9"):
        read_device_volume(path)


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("R")
    head = f'<!DOCTYPE HEDX [<!ENTITY eye SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    path = written(tmp_path, head=head)
    path.write_text(path.read_text().replace("<Laterality>L<", "<Laterality>&eye;<"))
    assert read_device_volume(path).laterality is None


def test_entities_that_multiply_are_an_error(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    path = written(tmp_path, head=f'<!DOCTYPE HEDX [<!ENTITY e0 "lol">{levels}]>')
    path.write_text(path.read_text().replace("<Laterality>L<", "<Laterality>&e11;<"))
    with pytest.raises(DeviceFileUnreadable):
        read_device_volume(path)


def test_its_bscans_have_their_places_on_the_localizer(tmp_path: Path) -> None:
    pixels = np.arange(48, dtype=np.uint8).reshape(6, 8)
    Image.fromarray(pixels).save(tmp_path / "NIR.tif")
    volume = read_device_volume(written(tmp_path))
    assert volume.path is not None
    # From the middle of the first of 5 A-scans; upwards.
    np.testing.assert_allclose(volume.path.points[:, 0], [(1.00625, y) for y in (5, 4.75, 4.5)])
    assert volume.fundus is not None
    np.testing.assert_array_equal(volume.fundus.pixels, pixels)
    assert (volume.fundus.spacing_mm, volume.fundus.light) == ((0.25, 0.5), "infrared")
    assert volume.fundus.angle_deg == 30


def test_an_export_without_the_localizer_s_picture_is_read_without_it(tmp_path: Path) -> None:
    assert read_device_volume(written(tmp_path)).fundus is None


@pytest.mark.parametrize(("structure", "centre"), [("ONH", "disc"), ("Retina", None)])
def test_a_scan_of_the_nerve_head_is_centred_on_the_disc(
    tmp_path: Path, structure: str, centre: str | None
) -> None:
    volume = read_device_volume(written(tmp_path, structure=structure))
    assert volume.metadata.get("centred_on") == centre
