"""Controllers of one drone each."""
