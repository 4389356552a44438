"""Structured reports: the content tree held against its SOP Class, its template and its units."""
