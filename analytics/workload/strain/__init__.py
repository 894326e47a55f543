"""Workload strain: an index of 0–100 of what work asks of people, told from logs with sources, levels and bounds.

It describes a pattern of work. It does not measure burn-out or health, and it says nothing on how a person feels.
"""

from analytics.workload.strain.assess import first_week_needed, strain_weeks
from analytics.workload.strain.frames import StrainFrames
from analytics.workload.strain.levels import Level
from analytics.workload.strain.now import StrainNow, strain_now
from analytics.workload.strain.proof import StrainProof, strain_proof
from analytics.workload.strain.published import flags_of_levels, published_levels, rule_flags
from analytics.workload.strain.settings import StrainSettings, StrainSettingsError, strain_settings

__all__ = [
    "Level",
    "StrainFrames",
    "StrainNow",
    "StrainProof",
    "StrainSettings",
    "StrainSettingsError",
    "first_week_needed",
    "flags_of_levels",
    "published_levels",
    "rule_flags",
    "strain_now",
    "strain_proof",
    "strain_settings",
    "strain_weeks",
]
