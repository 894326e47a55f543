"""Load and signs of overload: what the work of implementation engineers asks of them, read from logs. Facts only.

The functions take the marts as frames and ``as_of_date``; nothing here says how a person feels or works.
"""
