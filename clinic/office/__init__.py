"""What we do: one function for each task of the practice."""
