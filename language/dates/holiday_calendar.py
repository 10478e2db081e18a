"""The holidays and shopping days that buyers use as dates most, and the day each falls on in a year.

Public holidays that move come from the `holidays` library, which counts them without a network.
Where one name means several days (Thanksgiving in two countries), all are given, the best known first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from language.dates.holiday_rules import Fixed, Nth, Public, Rule
from language.dates.holidays_of_the_world import OF_THE_WORLD, easter

_MONDAY, _FRIDAY, _SATURDAY, _SUNDAY = 0, 4, 5, 6
_THANKSGIVING = (Public("US", "Thanksgiving Day"), Public("CA", "Thanksgiving Day"))

#: Names in the grammar's spelling (no apostrophes, no hyphens) and the days they stand for.
HOLIDAYS: dict[str, tuple[Rule, ...]] = {
    "new year|new years|new years day": (Fixed(1, 1),),
    "new years eve|nye|silvester|hogmanay": (Fixed(12, 31),),
    "martin luther king day|martin luther king jr day|martin luther king , jr day|mlk day|mlk|mlk jr day": (
        Public("US", "Martin Luther King Jr. Day"),
    ),
    "groundhog day": (Fixed(2, 2),),
    "super bowl sunday|super bowl|superbowl|superbowl sunday": (Nth(2, _SUNDAY, 2), Nth(1, _SUNDAY, 2)),
    "valentines day|valentines|saint valentines day|st valentines day|vday": (Fixed(2, 14),),
    "presidents day|washingtons birthday": (Public("US", "Washington's Birthday"),),
    "womens day|international womens day": (Fixed(3, 8),),
    "st patricks day|saint patricks day|st paddys day|paddys day|st pattys day": (Fixed(3, 17),),
    "april fools day|april fools|all fools day": (Fixed(4, 1),),
    "mardi gras|fat tuesday|shrove tuesday|pancake day": easter(-47),
    "ash wednesday": easter(-46),
    "palm sunday": easter(-7),
    "maundy thursday|holy thursday": easter(-3),
    "good friday": easter(-2),
    "easter|easter sunday|easter day": easter(0),
    "easter monday": easter(1),
    "tax day": (Fixed(4, 15),),
    "earth day": (Fixed(4, 22),),
    "may day|international workers day|workers day": (Fixed(5, 1), Nth(1, _MONDAY, 5)),
    "cinco de mayo": (Fixed(5, 5),),
    "early may bank holiday|may bank holiday": (Nth(1, _MONDAY, 5), Nth(0, _MONDAY, 5)),
    "spring bank holiday": (Nth(0, _MONDAY, 5),),
    "mothers day|mothering sunday": (Nth(2, _SUNDAY, 5), *easter(-21)),
    "memorial day": (Nth(0, _MONDAY, 5),),
    "fathers day": (Nth(3, _SUNDAY, 6), Nth(1, _SUNDAY, 9)),
    "juneteenth": (Fixed(6, 19),),
    "independence day": (Fixed(7, 4), Fixed(8, 15), Fixed(9, 7), Fixed(9, 16)),
    "fourth of july|4 th of july|july fourth|july 4 th": (Fixed(7, 4),),
    "august bank holiday|summer bank holiday|late summer bank holiday": (Nth(0, _MONDAY, 8),),
    "labor day": (Public("US", "Labor Day"),),
    "labour day": (Fixed(5, 1), Public("US", "Labor Day")),
    "columbus day|indigenous peoples day": (Public("US", "Columbus Day"),),
    "halloween|hallowe'en|halloween night|all hallows eve": (Fixed(10, 31),),
    "guy fawkes|guy fawkes day|guy fawkes night|bonfire night|fireworks night": (Fixed(11, 5),),
    "singles day|double eleven|double 11": (Fixed(11, 11),),
    "veterans day|remembrance day|armistice day": (Fixed(11, 11),),
    "thanksgiving|thanksgiving day|thanks giving|thanks giving day|turkey day": _THANKSGIVING,
    "thanksgiving eve|blackout wednesday": tuple(rule._replace(later=-1) for rule in _THANKSGIVING),
    "black friday": (Public("US", "Thanksgiving Day", 1),),
    "small business saturday": (Public("US", "Thanksgiving Day", 2),),
    "cyber monday": (Public("US", "Thanksgiving Day", 4),),
    "giving tuesday": (Public("US", "Thanksgiving Day", 5),),
    "christmas eve": (Fixed(12, 24),),
    "christmas|christmas day|x mas|x mas day|first day of christmas": (Fixed(12, 25),),
    "boxing day|st stephens day|saint stephens day|second day of christmas": (Fixed(12, 26),),
    **OF_THE_WORLD,
}


def by_words(
    table: Iterable[tuple[str, tuple[Rule, ...]]],
) -> dict[str, list[tuple[tuple[str, ...], tuple[Rule, ...]]]]:
    """The table by the first word of each name, longer names first; "Veterans Day" is "Veteran Day" as well."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[Rule, ...]]]] = {}
    for names, rules in table:
        for name in names.split("|"):
            for spelling in dict.fromkeys((name, _GENITIVE.sub("", name))):
                words = tuple(spelling.split())
                found.setdefault(words[0], []).append((words, rules))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


_GENITIVE = re.compile(r"(?<=[a-z]{3})s(?= (?:day|eve)$)")
BY_FIRST_WORD = by_words(HOLIDAYS.items())
