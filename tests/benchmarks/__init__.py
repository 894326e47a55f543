"""Speed and memory, measured as ratios within one run. Not part of the tests: ``make bench``."""
