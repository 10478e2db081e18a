"""The holidays and shopping days that buyers use as dates, and the day each falls on in a year.

Public holidays that move come from the `holidays` library, which counts them without a network.
Where one name means several days (Thanksgiving in two countries), all are given, the best known first.
"""

from __future__ import annotations

from collections.abc import Iterable

from language.dates.holiday_rules import Fixed, Nth, Public, Rule


def _easter(later: int) -> tuple[Public]:
    """So many days after Easter Sunday."""
    return (Public("DE", "Easter Monday", later - 1),)


_MONDAY, _FRIDAY, _SATURDAY, _SUNDAY = 0, 4, 5, 6
_THANKSGIVING = (Public("US", "Thanksgiving Day"), Public("CA", "Thanksgiving Day"))
_EID = (Public("SG", "Eid al-Fitr"), Public("SG", "Eid al-Adha"))

#: Names in the grammar's spelling (no apostrophes, no hyphens) and the days they stand for.
HOLIDAYS: dict[str, tuple[Rule, ...]] = {
    "new year|new years|new years day|new year day": (Fixed(1, 1),),
    "new years eve|new year eve|nye|silvester|hogmanay": (Fixed(12, 31),),
    "epiphany|three kings day": (Fixed(1, 6),),
    "martin luther king day|martin luther king jr day|martin luther kings day|mlk day|mlk": (
        Public("US", "Martin Luther King Jr. Day"),
    ),
    "australia day": (Fixed(1, 26),),
    "burns night": (Fixed(1, 25),),
    "groundhog day": (Fixed(2, 2),),
    "super bowl sunday": (Nth(2, _SUNDAY, 2),),
    "valentines day|valentine day|valentines|saint valentines day|st valentines day|vday": (Fixed(2, 14),),
    "presidents day|president day|washingtons birthday": (Public("US", "Washington's Birthday"),),
    "lunar new year|chinese new year|spring festival|cny": (Public("SG", "Chinese New Year"),),
    "womens day|international womens day": (Fixed(3, 8),),
    "pi day": (Fixed(3, 14),),
    "st patricks day|saint patricks day|st patrick day|st paddys day|paddys day|st pattys day": (Fixed(3, 17),),
    "april fools day|april fools|april fool day|all fools day": (Fixed(4, 1),),
    "mardi gras|fat tuesday|shrove tuesday|pancake day": _easter(-47),
    "ash wednesday": _easter(-46),
    "palm sunday": _easter(-7),
    "maundy thursday|holy thursday": _easter(-3),
    "good friday": _easter(-2),
    "holy saturday|easter saturday": _easter(-1),
    "easter|easter sunday|easter day": _easter(0),
    "easter monday": _easter(1),
    "ascension day|ascension thursday|ascension": _easter(39),
    "pentecost|whit sunday|whitsun|whitsunday": _easter(49),
    "whit monday|pentecost monday": _easter(50),
    "corpus christi": _easter(60),
    "tax day": (Fixed(4, 15),),
    "earth day": (Fixed(4, 22),),
    "anzac day": (Fixed(4, 25),),
    "may day|international workers day|workers day": (Fixed(5, 1), Nth(1, _MONDAY, 5)),
    "star wars day": (Fixed(5, 4),),
    "cinco de mayo": (Fixed(5, 5),),
    "early may bank holiday|may bank holiday": (Nth(1, _MONDAY, 5), Nth(0, _MONDAY, 5)),
    "spring bank holiday": (Nth(0, _MONDAY, 5),),
    "mothers day|mother day|mothering sunday": (Nth(2, _SUNDAY, 5), *_easter(-21)),
    "victoria day": (Public("CA", "Victoria Day"),),
    "memorial day": (Nth(0, _MONDAY, 5),),
    "fathers day|father day": (Nth(3, _SUNDAY, 6), Nth(1, _SUNDAY, 9)),
    "juneteenth": (Fixed(6, 19),),
    "midsummer|midsummers day|midsummer day": (Fixed(6, 24), Fixed(6, 21)),
    "canada day": (Fixed(7, 1),),
    "independence day": (Fixed(7, 4), Fixed(8, 15), Fixed(9, 7), Fixed(9, 16)),
    "fourth of july|4 th of july|july fourth|july 4 th": (Fixed(7, 4),),
    "bastille day": (Fixed(7, 14),),
    "august bank holiday|summer bank holiday|late summer bank holiday": (Nth(0, _MONDAY, 8),),
    "assumption day|assumption": (Fixed(8, 15),),
    "labor day": (Public("US", "Labor Day"),),
    "labour day": (Fixed(5, 1), Public("US", "Labor Day")),
    "mid autumn festival|moon festival": (Public("CN", "Mid-Autumn Festival"),),
    "dragon boat festival": (Public("CN", "Dragon Boat Festival"),),
    "rosh hashanah|rosh hashana|jewish new year": (Public("IL", "Rosh Hashanah"),),
    "yom kippur": (Public("IL", "Yom Kippur"),),
    "passover|pesach": (Public("IL", "Pesach"),),
    "columbus day|indigenous peoples day": (Public("US", "Columbus Day"),),
    "boss day|bosss day|bosses day|boss's day": (Fixed(10, 16),),
    "halloween|hallowe'en|halloween night|all hallows eve": (Fixed(10, 31),),
    "all saints day|all saints|all hallows|all hallows day": (Fixed(11, 1),),
    "all souls day|day of the dead": (Fixed(11, 2),),
    "diwali|deepavali|divali": (Public("IN", "Diwali"),),
    "holi": (Public("IN", "Holi"),),
    "raksha bandhan": (Public("IN", "Raksha Bandhan"),),
    "republic day": (Fixed(1, 26),),
    "eid|eid mubarak": _EID,
    "eid al fitr|eid ul fitr|end of ramadan": _EID[:1],
    "eid al adha|eid ul adha|bakrid": _EID[1:],
    "guy fawkes|guy fawkes day|guy fawkes night|bonfire night|fireworks night": (Fixed(11, 5),),
    "singles day|double eleven|double 11|1111": (Fixed(11, 11),),
    "veterans day|remembrance day|armistice day": (Fixed(11, 11),),
    "thanksgiving|thanksgiving day|turkey day": _THANKSGIVING,
    "thanksgiving eve": tuple(rule._replace(later=-1) for rule in _THANKSGIVING),
    "black friday": (Public("US", "Thanksgiving Day", 1),),
    "small business saturday": (Public("US", "Thanksgiving Day", 2),),
    "cyber monday": (Public("US", "Thanksgiving Day", 4),),
    "giving tuesday": (Public("US", "Thanksgiving Day", 5),),
    "st nicholas day|saint nicholas day|nikolaus": (Fixed(12, 6),),
    "christmas eve": (Fixed(12, 24),),
    "christmas|christmas day|x mas|x mas day": (Fixed(12, 25),),
    "boxing day|st stephens day|saint stephens day|second day of christmas": (Fixed(12, 26),),
}


def by_words(
    table: Iterable[tuple[str, tuple[Rule, ...]]],
) -> dict[str, list[tuple[tuple[str, ...], tuple[Rule, ...]]]]:
    """The table by the first word of each name, longer names first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[Rule, ...]]]] = {}
    for names, rules in table:
        for name in names.split("|"):
            words = tuple(name.split())
            found.setdefault(words[0], []).append((words, rules))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


BY_FIRST_WORD = by_words(HOLIDAYS.items())
