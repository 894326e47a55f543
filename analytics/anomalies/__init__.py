"""What in the imported rows is unlike their own past: pure functions on the marts, as known on a day.

An anomaly is a question about rows, never a statement about a person.
"""
