"""An instance laid over its CIOD, attribute by attribute."""
