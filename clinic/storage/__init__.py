"""How it is kept: the vault, its keys, one transaction at a time, its trail and its copies."""
