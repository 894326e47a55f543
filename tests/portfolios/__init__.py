"""Made-up firms as folders of contract files, played from mechanisms of the trade to judge forecasts with.

Nothing here knows the forecast: work, people, clients and managers are played week by week, and only what a firm
would have in its own systems is written down. Write a firm with
``python -m tests.portfolios --world base --projects 200 --seed 1 --out FOLDER``.
"""

from tests.portfolios.firm import Firm, play_firm
from tests.portfolios.worlds import WORLDS, World
from tests.portfolios.writing import firm_tables, write_firm

__all__ = ["WORLDS", "Firm", "World", "firm_tables", "play_firm", "write_firm"]
