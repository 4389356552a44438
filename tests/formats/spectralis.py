"""The profile of a made device, for tests that process its files."""

from __future__ import annotations

from octome.instances.device import DeviceProfile, Equipment, Optics

SPECTRALIS = DeviceProfile(
    Equipment("Heidelberg Engineering", "Spectralis", "7", ("6.0",)),
    "CCD",
    Optics(
        illumination_wavelength_nm=870.0,
        illumination_power_uw=1200.0,
        illumination_bandwidth_nm=50.0,
        depth_resolution_um=7.0,
        depth_distortion_percent=1.0,
        along_scan_resolution_um=14.0,
        along_scan_distortion_percent=1.0,
        across_scan_resolution_um=14.0,
        across_scan_distortion_percent=1.0,
    ),
)
