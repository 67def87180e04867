"""The parts screens are put together from, each looking and behaving the same everywhere."""
