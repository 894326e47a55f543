"""Real data, turned into contract files and taken in through the command line."""
