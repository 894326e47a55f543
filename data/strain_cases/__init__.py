"""Teams in which we planted who is strained and who is not: what the strain index is judged on."""

from data.strain_cases.kinds import KINDS
from data.strain_cases.planting import Kind
from data.strain_cases.teams import CasesSize, PlantedTeams, planted_teams

__all__ = ["KINDS", "CasesSize", "Kind", "PlantedTeams", "planted_teams"]
