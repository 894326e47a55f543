"""Workload strain: an index of 0–100 of what work asks of people, told from logs with sources, levels and bounds.

It describes a pattern of work. It does not measure burn-out or health, and it says nothing on how a person feels.
"""
