"""What changed between two editions, one file for each kind of thing that is compared."""
