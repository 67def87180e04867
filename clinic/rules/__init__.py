"""What is allowed: pure functions of values."""
