"""The same store and server as the tests have."""

from tests.conftest import library, server, store

__all__ = ["library", "server", "store"]
