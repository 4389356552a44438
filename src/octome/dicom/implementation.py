"""How octome names itself to other systems: in files and in associations (PS3.7 D.3.3.2)."""

from __future__ import annotations

from importlib.metadata import version

from pydicom.uid import UID

# Generated once from a random number (PS3.5 B.2).
IMPLEMENTATION_CLASS = UID("2.25.267739063385980509250582034542312270879")
IMPLEMENTATION_VERSION = f"OCTOME {version('octome')}"[:16]
