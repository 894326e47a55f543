"""Twelve real projects with hours, promised dates and true finish, as a folder of contract files."""
