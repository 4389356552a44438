"""Good, poor or failed, and why."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.acquisition import Float32
from octome.octa.segmentation.scan_verdict import (
    RetinaSigns,
    drawn_verdict,
    scan_verdict,
    shows_retina,
)


def share(of: float) -> np.ndarray:
    """True in this share of 100 A-scans."""
    return (np.arange(100) < 100 * of)[None]


def rows(ilm: float = 1.0, bm: float = 1.0) -> dict[str, Float32]:
    """Found in these shares."""
    return {
        "ILM": np.where(share(ilm), 50, np.nan).astype(np.float32),
        "BM": np.where(share(bm), 150, np.nan).astype(np.float32),
    }


def signs(layered: float = 1.0, above: float = 0.0, below: float = 0.0) -> RetinaSigns:
    return RetinaSigns(
        is_layered=share(layered), is_cut_above=share(above), is_cut_below=share(below)
    )


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (scan_verdict(rows(), signs(), 25.0), "good"),
        (scan_verdict(rows(), signs(), None), "good"),
        (scan_verdict(rows(), signs(), 13.2), "poor: contrast 13.2 dB"),
        (scan_verdict(rows(), signs(), 7.0), "failed: contrast 7.0 dB, needs 9"),
        (scan_verdict(rows(ilm=0.12), signs(), 25.0), "failed: ILM found in 12% of A-scans"),
        (
            scan_verdict(rows(), signs(layered=0.1), 25.0),
            "failed: layers of a retina seen in 10% of A-scans",
        ),
        (
            scan_verdict(rows(bm=0.7), signs(below=0.3), 25.0),
            "poor: retina cut off at the bottom in 30% of A-scans",
        ),
        (scan_verdict(rows(bm=0.7), signs(), 25.0), "poor: BM found in 70% of A-scans"),
        (
            scan_verdict(rows(), signs(), 25.0, trusted=0.4),
            "poor: confidence low in 60% of what was found",
        ),
        (
            scan_verdict(rows(), signs(), 25.0, trusted=0.2),
            "failed: confidence low in 80% of what was found",
        ),
    ],
)
def test_the_reason_is_what_is_wrong(verdict: object, expected: str) -> None:
    assert str(verdict) == expected


def test_low_contrast_alone_does_not_take_the_surfaces_away() -> None:
    assert shows_retina(rows(), signs())
    assert not shows_retina(rows(), signs(layered=0.1))
    assert not shows_retina(rows(ilm=0.4), signs())


@pytest.mark.parametrize(
    ("drawn", "contrast_db", "expected"),
    [
        (rows(), None, "good"),
        (rows(), 12.0, "poor: contrast 12.0 dB"),
        (rows(), 8.0, "failed: contrast 8.0 dB"),
        (rows(bm=0.7), 30.0, "poor: BM drawn in 70% of A-scans"),
        (rows(ilm=0.4), 12.0, "failed: ILM drawn in 40% of A-scans; contrast 12.0 dB"),
        ({"ILM": rows()["ILM"]}, None, "good"),
    ],
)
def test_what_a_device_drew_is_rated_by_contrast_and_share(
    drawn: dict[str, Float32], contrast_db: float | None, expected: str
) -> None:
    assert str(drawn_verdict(drawn, contrast_db)) == expected
