"""Rosters: who goes where in the next weeks so that sites are covered and people come home."""
