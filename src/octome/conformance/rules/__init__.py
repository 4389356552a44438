"""What an edition demands of an instance: conditions, values, requirements, out of the Standard."""
