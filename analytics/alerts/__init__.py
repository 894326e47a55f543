"""Alerts: which figures are looked at, when one is told, when it is over, and how often telling was right."""
