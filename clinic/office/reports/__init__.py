"""The reports a practice reads: income, what is owed and held, tips, taxes, absences, letters and clients."""
