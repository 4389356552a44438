"""Conditions: what the Standard says in words, as expressions that an instance decides or not."""
