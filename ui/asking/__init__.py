"""Forms as they are filled in: the same questions at the desk, on the kiosk and in the quick check."""
