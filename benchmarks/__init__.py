"""How fast the practice works, as ratios to an anchor measured in the same run."""
