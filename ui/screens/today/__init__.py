"""Today: the day's visits, what each lacks, and what needs attention."""
