"""Files of every kind that was read wrongly once, in many languages and shapes, with the rows that are true."""
