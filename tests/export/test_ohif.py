"""OHIF, which knows only B of a chain, shows B and every copy: in Chromium, from a real Orthanc."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ohif_server import ohif_served

from octome.export.exported_study import ExportedStudy, export_study
from octome.pipeline.study import Study
from soak import amount

PACKAGE = "@ohif/app@3.13"
KEPT = Path.home() / ".cache" / "octome-tests" / "ohif-3.13"
WAIT_MS = 60_000
# Of the pixels of the viewport: lit, coloured; and a number that changes with them.
CANVAS = """() => {
  const shown = document.querySelector('canvas.cornerstone-canvas');
  if (!shown) return null;
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [shown.width, shown.height];
  const context = copy.getContext('2d');
  context.drawImage(shown, 0, 0);
  const data = context.getImageData(0, 0, copy.width, copy.height).data;
  let lit = 0, coloured = 0, sum = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = data.subarray(at, at + 3);
    const high = Math.max(red, green, blue);
    if (high > 40) lit += 4 / data.length;
    if (high - Math.min(red, green, blue) > 60) coloured += 4 / data.length;
    sum = (31 * sum + 65536 * red + 256 * green + blue) % 2147483647;
  }
  return { lit, coloured, sum };
}"""
NEW_PICTURE = f"earlier => {{ const now = ({CANVAS})(); return now && now.lit > 0.01 && \
now.sum !== earlier && now; }}"


@pytest.fixture(scope="module")
def dist() -> Path:
    """The ready pages of OHIF, fetched once by npm from the registry it is set up for."""
    if not amount(sample=False, whole=True):
        pytest.skip("opens a viewer in a browser: only in make soak")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which fetches OHIF, is not installed (Debian: npm)")
    if not KEPT.exists():
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT.parent) as folder:
            run = subprocess.run(
                [npm, "pack", PACKAGE], cwd=folder, capture_output=True, text=True, check=False
            )
            packed = list(Path(folder).glob("*.tgz"))
            if run.returncode or not packed:
                pytest.skip(f"npm cannot fetch {PACKAGE}: {run.stderr.strip()[-200:]}")
            with tarfile.open(packed[0]) as archive:
                archive.extractall(folder, filter="data")
            (Path(folder) / "package" / "dist").rename(KEPT)
    return KEPT


@pytest.fixture(scope="module")
def exported(dist: Path, made_chain, orthanc_server, tmp_path_factory) -> Iterator[ExportedStudy]:  # type: ignore[no-untyped-def]
    """The copies, in Orthanc with B."""
    out = tmp_path_factory.mktemp("ohif") / "copies"
    done = export_study(Study(made_chain.folder), out, "sc")
    orthanc_server.clear()
    for path in (made_chain.file("structure"), *(each.path for each in done.files)):
        request = urllib.request.Request(f"{orthanc_server.url}/instances", path.read_bytes())
        urllib.request.urlopen(request, timeout=60).close()
    yield done
    orthanc_server.clear()


@pytest.fixture(scope="module")
def page(dist: Path, exported: ExportedStudy, orthanc_server, chromium) -> Iterator[Any]:  # type: ignore[no-untyped-def]
    """The viewer, with the study open."""
    study = exported.files[0].copy.image.sources[0].exam.study
    with ohif_served(dist, orthanc_server.url) as address:
        page = chromium.new_page(viewport={"width": 1400, "height": 900})
        # It begins with a tour, which covers the pictures.
        page.add_init_script(
            "localStorage.setItem('shownTours', JSON.stringify(['basicViewerTour']))"
        )
        page.goto(f"{address}/viewer?StudyInstanceUIDs={study}")
        page.wait_for_function(f"() => ({NEW_PICTURE})(-1)", timeout=WAIT_MS)
        yield page
        page.close()


def test_the_series_list_names_every_copy(page: Any, exported: ExportedStudy) -> None:
    labels = page.locator('[data-cy="series-description-label"]')
    expected = ["Structural OCT volume", *(each.copy.title for each in exported.files)]
    assert sorted(labels.all_inner_texts()) == sorted(expected)


def test_the_structure_and_every_copy_are_seen(page: Any, exported: ExportedStudy) -> None:
    seen = page.evaluate(CANVAS)
    assert seen["coloured"] == 0
    for each in exported.files:
        title = page.get_by_text(each.copy.title, exact=True)
        page.locator('[data-cy="study-browser-thumbnail"]').filter(has=title).dblclick()
        overlay = page.locator('[data-cy="viewport-overlay-top-left"]')
        overlay.filter(has_text=each.copy.title).wait_for(timeout=WAIT_MS)
        seen = page.wait_for_function(NEW_PICTURE, arg=seen["sum"], timeout=WAIT_MS).json_value()
        assert (seen["coloured"] > 0) == each.copy.image.is_colour, each.copy.title
