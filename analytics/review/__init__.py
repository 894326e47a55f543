"""The weekly review: what deserves the hour, when a promise must be said anew, and how predictions fared."""
