"""What the likelihood sees: each file one part of the record, its calendar, its error and why."""
