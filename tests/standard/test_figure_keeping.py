"""Pictures of a part, kept if they are safe to show."""

from __future__ import annotations

from pathlib import Path

from octome.standard.edition_folder import EditionFolder
from octome.standard.edition_manifest import KeptFile
from octome.standard.edition_origin import Files, Got
from octome.standard.figure_keeping import kept_figures

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>'


def test_pictures_are_kept_or_named_with_the_reason(tmp_path: Path) -> None:
    source = tmp_path / "part05"
    source.mkdir()
    (source / "frog.svg").write_bytes(SVG)
    (source / "toad.svg").write_bytes(b"croak")
    got = Got(source / "part05.xml", KeptFile(file="", size=0, sha256=""))
    steps = []
    figures, problems = kept_figures(
        Files(tmp_path),
        EditionFolder(tmp_path / "2024a"),
        got,
        "5",
        ["frog.svg", "toad.svg", "newt.svg"],
        lambda step, _share: steps.append(step),
    )
    assert list(figures) == ["5/frog.svg"]
    assert (tmp_path / "2024a" / figures["5/frog.svg"].file).is_file()
    assert problems == ["part 5: not a picture: toad.svg", "part 5: a picture is missing: newt.svg"]
    assert steps[1] == "part 5, figure 2 of 3"
