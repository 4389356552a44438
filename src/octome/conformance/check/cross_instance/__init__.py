"""What instances have to say of each other, where several are checked together."""
