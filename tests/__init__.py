"""Tests: sentences about what the product does."""
