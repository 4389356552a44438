"""What an edition requires of an instance: conditions, values, requirements of attributes."""
