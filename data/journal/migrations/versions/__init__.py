"""Steps that bring an older journal up to date."""
