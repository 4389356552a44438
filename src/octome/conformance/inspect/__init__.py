"""An instance and its CIOD side by side, attribute by attribute."""
