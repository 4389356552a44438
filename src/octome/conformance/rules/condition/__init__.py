"""Conditions: the Standard's words as expressions, which an instance decides or not."""
