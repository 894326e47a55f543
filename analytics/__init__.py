"""Pure functions, frame in, frame out: no file, no clock, no environment. Today is a parameter."""
