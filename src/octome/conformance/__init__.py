"""An instance held against the Standard: what departs from it, why, and where that is written."""
