"""The commands of ``golive``, one module each."""
