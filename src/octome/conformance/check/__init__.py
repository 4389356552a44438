"""An instance held against the rules: findings."""
