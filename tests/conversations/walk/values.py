"""The values that a walk's buyers tell: each buyer's own, so that whatever is shown to the other is noticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December")  # fmt: skip
_ITEMS: Final = {
    "buyer-1": ("blue lamp", "leather wallet", "steel kettle", "garden hose"),
    "buyer-2": ("red scooter", "violin case", "tennis racket", "woolen carpet"),
}
_WORDS: Final = {
    "buyer-1": ("hamster", "balcony", "umbrella", "trumpet", "cinnamon"),
    "buyer-2": ("penguin", "chimney", "saxophone", "marmalade", "lighthouse"),
}


@dataclass(frozen=True)
class Told:
    """A value as it is written in a sentence, and as it stands in a claim: each of `read` may be what was meant."""

    text: str
    read: tuple[Any, ...]


class Values:
    """Draws what one buyer says: the numbers, things and words of nobody else."""

    def __init__(self, buyer: str, rng: Random) -> None:
        self.buyer = buyer
        self._rng = rng
        first = "80" if buyer == "buyer-1" else "71"
        self.orders = [f"{first}{rng.randrange(10**7, 10**8)}" for _ in range(2)]

    def order(self) -> Told:
        """One of the buyer's two order numbers; now and then written with a blank."""
        number = self._rng.choice((self.orders[0], *self.orders))
        written = number if self._rng.random() < 0.85 else f"{number[:5]} {number[5:]}"
        return Told(written, (number,))

    def item(self) -> Told:
        """A thing that only this buyer bought."""
        name = self._rng.choice(_ITEMS[self.buyer])
        return Told(name, (name,))

    def story(self) -> Told:
        """A sentence with words that only this buyer uses."""
        first, second = self._rng.sample(_WORDS[self.buyer], 2)
        text = f"the {first} next to the {second} saw it all"
        return Told(text, (text,))

    def count(self, least: int, most: int) -> Told:
        """A number of pieces."""
        number = self._rng.randint(least, most)
        return Told(str(number), (number,))

    def past_day(self, today: date) -> Told:
        """A day of the last three weeks; most of them lie far enough back for a dispute."""
        return self.day(
            today - timedelta(days=self._rng.choice((0, 1, 2, 4, 6, 9, 10, 10, 11, 12, 13, 15, 18, 21))), today
        )

    def due_day(self, today: date) -> Told:
        """A last day of delivery, before or after today."""
        return self.day(today + timedelta(days=self._rng.randint(-20, 20)), None)

    def future_day(self, today: date) -> Told:
        """A day on which nothing can have been done yet, however it is read: 2/4 may have been in February."""
        while len((day := self.day(today + timedelta(days=self._rng.randint(2, 40)), None)).read) > 1:
            pass
        return day

    def day(self, day: date, today: date | None) -> Told:
        """A day in one of the ways in which people write it; one that can be read in two ways is told as both."""
        month = _MONTHS[day.month - 1]
        ways = [f"{day.day} {month}", f"{month} {day.day}", f"{day.day} {month} {day.year}", day.isoformat(),
                f"{day:%A} {day.day} {month}", f"{_nth(day.day)} of {month}"]  # fmt: skip
        if today is not None:
            ago = (today - day).days
            ways += [f"{ago} days ago"] if ago > 1 else [("today", "yesterday")[ago]]
        way = self._rng.choice(ways)
        if self._rng.random() < 0.06:
            both = {_swapped(day), day} - {None}
            return Told(f"{day.day}/{day.month}/{day.year}", tuple(sorted(each.isoformat() for each in both if each)))
        return Told(way, (day.isoformat(),))

    def own_words(self) -> tuple[str, ...]:
        """All that may never be shown to another buyer."""
        return (*self.orders, *_ITEMS[self.buyer], *_WORDS[self.buyer])


def _nth(day: int) -> str:
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _swapped(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 else None
