"""Tests of the delay forecast."""
