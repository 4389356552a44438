"""From the records of any number of sources to one SQLite store, written whole or not at all."""
