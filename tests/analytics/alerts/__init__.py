"""Tests of the rules of alerts."""
