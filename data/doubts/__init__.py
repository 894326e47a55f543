"""A second look at what a recipe made of a file, by other means, before it is published: what it doubts is asked."""

from data.doubts.checks import first_doubt
from data.doubts.taken import OPTIONS, Doubt, Taken

__all__ = ["OPTIONS", "Doubt", "Taken", "first_doubt"]
