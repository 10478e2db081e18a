"""Dates in what a buyer writes: a closed grammar that asks rather than guesses.

`reading.py` is the way in, `expressions.py` the table of what is known; `beside.py` and `ranges.py` put two together.
"""

from language.dates.reading import DateReading, Order, read
from language.dates.roles import Role

__all__ = ["DateReading", "Order", "Role", "read"]
