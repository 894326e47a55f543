"""Files of many systems made up from their documented shapes, and how well they are recognised."""
