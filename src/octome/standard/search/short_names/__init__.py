"""Short and everyday names: modality codes, abbreviations, what people call a page."""
