"""What the library answers: pages of the Standard as frozen values, by noun.

Faces (terminal, web, JSON) render these values and add nothing.
"""
