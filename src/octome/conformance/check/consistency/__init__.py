"""What attributes have to say of each other: one function for each agreement."""
