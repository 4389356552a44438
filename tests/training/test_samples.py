"""What the network is trained on."""

from __future__ import annotations

import numpy as np

from octome.octa.phantom.structural_eye import structural_eye
from samples import angiography_sample, structural_sample


def test_a_sample_has_each_bscan_of_an_eye_with_its_surfaces() -> None:
    eye = structural_eye(3)
    found = structural_sample(3)
    assert len(found) == len(eye.truth["ILM"])
    for grey, rows in found:
        assert grey.dtype == np.uint8
        assert rows.shape == (10, len(grey))
        is_there = np.isfinite(rows)
        assert is_there.mean() > 0.5
        assert (rows[is_there] < grey.shape[1]).all()


def test_tissue_lies_below_the_ilm_of_a_sample() -> None:
    grey, rows = structural_sample(4)[0]
    x = np.flatnonzero(np.isfinite(rows[0]))
    ilm = np.rint(rows[0, x]).astype(int)
    below, above = (grey[x, ilm + away].astype(float).mean() for away in (4, -6))
    assert below > above + 20


def test_an_eye_as_spectra_show_it_is_a_sample_too() -> None:
    for grey, rows in angiography_sample(3):
        assert np.isfinite(rows).all()
        ilm, bm = np.rint(rows[[0, -1]]).astype(int)
        x = np.arange(len(grey))
        assert grey[x, ilm + 4].mean() > grey[x, ilm - 6].mean() + 20
        assert grey[x, bm - 3].mean() > grey[x, ilm - 6].mean() + 20
