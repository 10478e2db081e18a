"""Feasts of faiths and days of countries: the second table of holidays, told apart from the one that shoppers use most.

What begins when a new moon is seen begins a day earlier in some countries, and Jewish feasts begin in the evening
before; so those have the day before as their second reading.
"""

from __future__ import annotations

from language.dates.holiday_rules import Fixed, Nth, Public, Rule

_MONDAY, _WEDNESDAY, _FRIDAY, _SUNDAY = 0, 2, 4, 6


def easter(later: int, days: int = 1) -> tuple[Public]:
    """So many days after Easter Sunday."""
    return (Public("DE", "Easter Monday", later - 1, days),)


def _eastern_easter(later: int) -> tuple[Public]:
    """So many days after the Easter Sunday of the eastern churches."""
    return (Public("GR", "Easter Monday", later - 1),)


def _since_the_evening_before(country: str, name: str, days: int = 1) -> tuple[Public, Public]:
    return Public(country, name, 0, days), Public(country, name, -1, days)


_FITR, _ADHA = _since_the_evening_before("BN", "Eid al-Fitr"), _since_the_evening_before("BN", "Eid al-Adha")
_LUNAR_NEW_YEAR = Public("SG", "Chinese New Year")

#: Names in the grammar's spelling (no apostrophes, no hyphens) and the days they stand for.
OF_THE_WORLD: dict[str, tuple[Rule, ...]] = {
    # western churches
    "epiphany|three kings day|feast of the epiphany": (Fixed(1, 6),),
    "twelfth night": (Fixed(1, 5), Fixed(1, 6)),
    "candlemas": (Fixed(2, 2),),
    "rosenmontag|rose monday|carnival monday": easter(-48),
    "lazarus saturday": _eastern_easter(-8),
    "holy saturday|easter saturday|easter eve": easter(-1),
    "ascension day|ascension thursday|ascension|feast of the ascension": easter(39),
    "pentecost|pentecost sunday|whit sunday|whitsun|whitsunday": easter(49),
    "whit monday|pentecost monday": easter(50),
    "trinity sunday": easter(56),
    "corpus christi|feast of corpus christi": easter(60),
    "holy week": easter(-7, 7),
    "assumption day|assumption|assumption of mary|feast of the assumption": (Fixed(8, 15),),
    "michaelmas": (Fixed(9, 29),),
    "all saints day|all saints|all hallows|all hallows day": (Fixed(11, 1),),
    "all souls day|all souls|day of the dead": (Fixed(11, 2),),
    "st martins day|saint martins day|martinmas": (Fixed(11, 11),),
    "immaculate conception|feast of the immaculate conception": (Fixed(12, 8),),
    "st nicholas day|st nicholas|saint nicholas day|saint nicholas|nikolaus|sinterklaas": (Fixed(12, 6), Fixed(12, 5)),
    # eastern churches
    "orthodox easter|greek easter|eastern easter|pascha": _eastern_easter(0),
    "orthodox good friday|great friday": _eastern_easter(-2),
    "orthodox easter monday": _eastern_easter(1),
    "clean monday|green monday": _eastern_easter(-48),
    "orthodox christmas|orthodox christmas day|russian christmas|coptic christmas": (Fixed(1, 7),),
    # Islam
    "ramadan|ramzan|ramadhan": (Public("BN", "First Day of Ramadan", 0, 30), Public("BN", "First Day of Ramadan", -1)),
    "eid|eid mubarak|bayram": (_FITR[0], _ADHA[0], _FITR[1], _ADHA[1]),
    "eid al fitr|eid ul fitr|eid el fitr|end of ramadan|hari raya|hari raya puasa": _FITR,
    "eid al adha|eid ul adha|eid el adha|bakrid|hari raya haji|feast of sacrifice|sacrifice feast|kurban bayram": _ADHA,
    "islamic new year|muslim new year|hijri new year|muharram": _since_the_evening_before("BN", "Islamic New Year"),
    "ashura|day of ashura": (Public("BN", "Islamic New Year", 9), Public("BN", "Islamic New Year", 8)),
    "mawlid|mawlid al nabi|milad un nabi|prophets birthday": _since_the_evening_before("BN", "Prophet's Birthday"),
    "isra and miraj|laylat al miraj|lailat al miraj": _since_the_evening_before("BN", "Isra' and Mi'raj"),
    # Judaism
    "rosh hashanah|rosh hashana|jewish new year": _since_the_evening_before("IL", "Rosh Hashanah"),
    "yom kippur|day of atonement": _since_the_evening_before("IL", "Yom Kippur"),
    "passover|pesach": _since_the_evening_before("IL", "Pesach", 8),
    "sukkot|feast of tabernacles": _since_the_evening_before("IL", "Sukkot", 7),
    "hanukkah|chanukah|hanukah|hannukah|channukah": _since_the_evening_before("IL", "Hanukkah", 8),
    "purim": _since_the_evening_before("IL", "Purim"),
    "shavuot": _since_the_evening_before("IL", "Shavuot"),
    # India and its neighbours
    "diwali|deepavali|divali": (Public("IN", "Diwali"),),
    "holi": (Public("IN", "Holi"), Public("IN", "Holi", -1)),
    "raksha bandhan|rakhi": (Public("IN", "Raksha Bandhan"),),
    "maha shivaratri|shivaratri": (Public("IN", "Maha Shivaratri"),),
    "ram navami|rama navami": (Public("IN", "Ram Navami"),),
    "janmashtami|krishna janmashtami": (Public("IN", "Janmashtami"),),
    "ganesh chaturthi": (Public("IN", "Ganesh Chaturthi"),),
    "dussehra|vijayadashami": (Public("IN", "Dussehra"),),
    "navratri|navaratri": (Public("IN", "Navratri / Sharad Navratri", 0, 9),),
    "dhanteras": (Public("IN", "Diwali", -2),),
    "bhai dooj": (Public("IN", "Diwali", 2),),
    "guru nanak jayanti|guru nanak gurpurab": (Public("IN", "Guru Nanak Jayanti"),),
    "gandhi jayanti": (Fixed(10, 2),),
    "makar sankranti|pongal|thai pongal": (Fixed(1, 14), Fixed(1, 15)),
    "vaisakhi|baisakhi": (Fixed(4, 14), Fixed(4, 13)),
    "republic day": (Fixed(1, 26),),
    "vesak|vesak day|buddha purnima|buddhas birthday|wesak": (
        Public("SG", "Vesak Day"),
        Public("HK", "The Buddha's Birthday"),
    ),
    # East Asia
    "lunar new year|chinese new year|chinese new years|spring festival|cny|tet|seollal|losar": (_LUNAR_NEW_YEAR,),
    "chinese new years eve|chinese new year eve|lunar new years eve": (_LUNAR_NEW_YEAR._replace(later=-1),),
    "lantern festival": (_LUNAR_NEW_YEAR._replace(later=14),),
    "qingming|qingming festival|tomb sweeping day|ching ming": (Public("HK", "Tomb-Sweeping Day"),),
    "dragon boat festival|duanwu": (Public("CN", "Dragon Boat Festival"),),
    "mid autumn festival|mid autumn|moon festival|chuseok": (Public("CN", "Mid-Autumn Festival"),),
    "double ninth|double ninth festival|chung yeung": (Public("HK", "Double Ninth Festival"),),
    "golden week": (Fixed(4, 29, 7), Fixed(10, 1, 7)),
    "chinese national day|china national day": (Fixed(10, 1),),
    "white day": (Fixed(3, 14),),
    "girls day|hinamatsuri|dolls day": (Fixed(3, 3),),
    "songkran": (Fixed(4, 13, 3),),
    "nowruz|norouz|norooz|persian new year": (Fixed(3, 20), Fixed(3, 21)),
    # countries and the world
    "burns night": (Fixed(1, 25),),
    "australia day": (Fixed(1, 26),),
    "waitangi day": (Fixed(2, 6),),
    "leap day": (Fixed(2, 29),),
    "st davids day|saint davids day": (Fixed(3, 1),),
    "pi day": (Fixed(3, 14),),
    "ides of march": (Fixed(3, 15),),
    "patriots day": (Nth(3, _MONDAY, 4),),
    "st georges day|saint georges day": (Fixed(4, 23),),
    "anzac day": (Fixed(4, 25),),
    "kings day|koningsdag": (Fixed(4, 27),),
    "arbor day": (Nth(0, _FRIDAY, 4), Fixed(3, 12)),
    "tree planting day": (Fixed(3, 12),),
    "secretaries day|secretarys day|administrative professionals day|admin professionals day": (Nth(4, _WEDNESDAY, 4),),
    "star wars day": (Fixed(5, 4),),
    "youth day": (Fixed(5, 4), Fixed(8, 12), Fixed(6, 16)),
    "ve day|victory day": (Fixed(5, 8), Fixed(5, 9)),
    "victoria day": (Public("CA", "Victoria Day"),),
    "teachers day|teacher appreciation day": (Fixed(10, 5), Fixed(9, 10), Fixed(9, 5)),
    "childrens day|international childrens day": (Fixed(6, 1), Fixed(11, 20), Fixed(5, 5), Fixed(11, 14)),
    "d day": (Fixed(6, 6),),
    "flag day": (Fixed(6, 14),),
    "midsummer|midsummers day|midsummer day": (Fixed(6, 24), Fixed(6, 21)),
    "st johns day|saint johns day|saint jean baptiste|st jean baptiste day": (Fixed(6, 24),),
    "canada day": (Fixed(7, 1),),
    "bastille day": (Fixed(7, 14),),
    "grandparents day": (Nth(1, _MONDAY, 9, 6),),
    "patriot day": (Fixed(9, 11),),
    "talk like a pirate day": (Fixed(9, 19),),
    "german unity day|day of german unity": (Fixed(10, 3),),
    "boss day|bosss day|bosses day": (Fixed(10, 16),),
    "election day": (Nth(1, _MONDAY, 11, 1),),
    "inauguration day": (Fixed(1, 20),),
    "remembrance sunday": (Nth(2, _SUNDAY, 11),),
    "st andrews day|saint andrews day": (Fixed(11, 30),),
    "pearl harbor day": (Fixed(12, 7),),
    "festivus": (Fixed(12, 23),),
    "kwanzaa": (Fixed(12, 26, 7),),
}
