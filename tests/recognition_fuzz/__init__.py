"""Files damaged in many ways: none may raise a traceback, and nothing is accepted that isn't in the file."""
