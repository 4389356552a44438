"""What an edition requires of structured reports: relationships, units of measure, templates."""
