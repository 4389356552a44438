"""What Chromium leaves on the disk: pages of the Standard, and nothing of a patient."""

from __future__ import annotations

import zlib
from pathlib import Path

from playwright.sync_api import Browser, expect
from small_instance import ct_image, encoded

PATIENT = "Zyxwvut^Marker"
STANDARD = "Issuer of Patient ID"
GZIP = b"\x1f\x8b\x08"


def texts(folder: Path) -> bytes:
    """All that files in a folder hold, with what is compressed in them."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found.append(content)
        at = content.find(GZIP)
        while at >= 0:
            try:
                found.append(zlib.decompressobj(wbits=31).decompress(content[at:]))
            except zlib.error:
                found.append(b"")
            at = content.find(GZIP, at + 1)
    return b"\n".join(found)


def test_a_patients_page_is_not_in_the_browsers_cache(
    chromium: Browser, chromium_options: dict[str, object], server: str, tmp_path: Path
) -> None:
    ds = ct_image()
    ds.PatientName = PATIENT
    file = tmp_path / "patient.dcm"
    file.write_bytes(encoded(ds))
    profile = tmp_path / "profile"
    # With scripts off the form is sent by the browser itself, which keeps what may be kept.
    context = chromium.browser_type.launch_persistent_context(
        profile, java_script_enabled=False, **chromium_options
    )
    page = context.new_page()
    page.goto(f"{server}/inspect")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Inspect").click()
    expect(page.get_by_role("main")).to_contain_text(PATIENT)
    page.goto(f"{server}/modules/patient")
    context.close()
    kept = texts(profile)
    assert STANDARD.encode() in kept
    assert PATIENT.encode() not in kept
