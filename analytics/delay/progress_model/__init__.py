"""How the work of a project goes on: hours, progress and change requests read as a process that runs to its end."""
