"""``python -m dashboard`` is ``golive``."""

from dashboard.cli import main

main()
