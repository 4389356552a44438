"""How data sets are encoded, and how damaged ones are read as far as they go (PS3.5 section 7)."""
