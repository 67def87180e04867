"""What tasks share: ledgers for the rules, sheets for the papers, numbers for both; reached only through a task."""
