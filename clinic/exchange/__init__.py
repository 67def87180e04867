"""What comes in and goes out: the portable practice file, sheets for spreadsheets, the tables we ship."""
