"""Tests of analytics/workload."""
