"""Conditions: the text of the Standard as expressions that are evaluated on an instance."""
