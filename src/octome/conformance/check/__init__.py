"""Instances checked against the rules: findings."""
