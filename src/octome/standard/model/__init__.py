"""What the library returns: pages of the Standard as frozen values, by noun.

The terminal, the web and JSON render these values and add nothing.
"""
