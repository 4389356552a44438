"""Plain copies of a study's instances, for software that does not know their classes."""
