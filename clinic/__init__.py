"""The practice without a screen."""
