"""The pages of the Standard, one file for each kind; `Library.at` finds the one for a path."""
