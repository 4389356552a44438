"""Pages of the Standard as lines of text, for the terminal."""
