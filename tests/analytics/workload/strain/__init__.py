"""Tests of the strain index."""
