"""The commands: each reads its words, calls one function of the rooms, and shows the answer."""
