"""The pattern table says what a message mentions, and what it says is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from language.patterns import PatternError, PatternTable, plain
from tests.timing import assert_time_grows_with_the_text

TABLE = PatternTable.load()


@pytest.mark.parametrize(
    ("message", "row"),
    [
        ("My parcel hasn\u2019t arrived", "nothing_came"),
        ("i never recived it", "nothing_came"),
        ("it was lost in the post", "lost_on_the_way"),
        ("It says delivered on Monday", "marked_delivered"),
        ("They sent the wrong colour", "wrong_thing"),
        ("this is not as described", "not_as_promised"),
        ("it's a knock-off", "fake"),
        ("these aren't genuine", "not_genuine"),
        ("the screen is cracked", "broken"),
        ("it doesn't turn on", "does_not_work"),
        ("it dont work", "does_not_work"),
        ("there was no charger in the box", "part_is_missing"),
        ("I ordered 20 and got 5", "fewer_than_ordered"),
        ("I changed my mind", "changed_mind"),
        ("it doesn't fit me", "does_not_fit"),
        ("he wants me to pay by Western Union", "pay_elsewhere"),
        ("@somebody where is it", "speaks_in_public"),
        ("refund was initiated on the 2nd and my bank has nothing", "running_already"),
        ("DM'd you twice", "seller_silent"),
        ("the courier says nobody was home", "tells_of_driver"),
        ("guaranteed by the 9th, now it is the 21st", "promised_day_passed"),
        ("my broadband is down again", "phone_and_home_services"),
        ("где мой заказ", "other_script"),
        ("two months and counting for a pair of socks", "waits"),
        ("scanned once at the hub and then nothing", "in_the_carriers_hands"),
        ("no bubble wrap, so I spent the evening hoovering", "packed_badly"),
        ("the engineer tested it", "was_looked_at"),
        ("the seam came undone", "broken"),
        ("the light blinks red", "does_not_work"),
        ("there is a slot where the battery should be", "part_is_missing"),
        ("it has been in its box since May with the tags on", "changed_mind"),
        ("works as expected, my dad loves it", "content_and_no_more"),
        ("the same price as before, with postage that costs more than the mug", "talks_of_prices"),
        ("an hour in the queue at the branch", "other_services"),
        ("the bus stops right outside my house every quarter of an hour", "nothing_told_is_wrong"),
    ],
)
def test_a_message_shows_the_row_that_it_mentions(message: str, row: str) -> None:
    assert row in TABLE.found(message)


@pytest.mark.parametrize(
    ("message", "row"),
    [
        ("it is not broken", "broken"),
        ("hello, how are you?", "nothing_came"),
        ("the parcel is missing", "part_is_missing"),
        ("they send the same copy and paste answer", "fake"),
        ("yes, and the lamp is in pieces", "agrees"),
        ("no", "agrees"),
        ("not ok", "agrees"),
        ("I am", "thanks"),
        ("sent to the wrong address", "wrong_thing"),
        ("the lid is not in the box", "tells_of_driver"),
        ("it got here in 12 days", "broken"),
        ("it was here within 3 weeks", "does_not_work"),
        ("they stopped answering", "does_not_work"),
        ("it turned out well", "does_not_work"),
        ("I ordered a phone case", "wants_person"),
        ("they said it would be here on Friday", "listing_is_quoted"),
        ("I paid two and they paid one", "fewer_than_ordered"),
        ("no complaints there", "nothing_came"),
        ("what about the claim for the other parcel?", "fewer_than_ordered"),
        ("I cannot believe this. What came is broken", "nothing_came"),
        ("if it ever breaks I will buy the same again", "broken"),
        ("it breaks my heart", "broken"),
        ("works as expected. Different from the old one", "let_down"),
        ("a lovely lamp, and it is cracked", "content_and_no_more"),
        ("I bought a mug for my mother and the handle of it is broken", "nothing_told_is_wrong"),
        ("hello there", "nothing_told_is_wrong"),
    ],
)
def test_a_message_does_not_show_a_row_that_it_denies_or_leaves_out(message: str, row: str) -> None:
    assert row not in TABLE.found(message)


@pytest.mark.parametrize(
    "message", ["yes", "Yes, please!", "ok", "that is correct", "please do", "yes, open the dispute"]
)
def test_nothing_but_a_yes_is_an_agreement(message: str) -> None:
    assert "agrees" in TABLE.found(message)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I DON\u2019T know", "i do not know"),
        ("cant  won't\naint", "can not will not is not"),
        ("ask @SomeShop about 1234", "ask @shop about 0"),
        ("ｆｕｌｌ　ｗｉｄｔｈ １２", "full width 0"),  # noqa: RUF001
    ],
)
def test_messages_are_compared_in_a_plain_form(typed: str, read: str) -> None:
    assert plain(typed) == read


@pytest.mark.parametrize(
    "message", ["a" * 2000, "not " * 500, "my parcel " * 200, "1 " * 1000, "😀" * 2000, "x'" * 50_000]
)
def test_the_time_grows_with_the_message_and_not_with_its_square(message: str) -> None:
    assert_time_grows_with_the_text(TABLE.found, message)


@pytest.mark.parametrize("message", ["", " ", "\x00", "\ud800", "{{}}", "%s", "\u202e", "<b>"])
def test_odd_messages_are_read_without_complaint(message: str) -> None:
    assert set(TABLE.found(message)) <= {row.name for row in TABLE.rows}


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("words: {}\npatterns: [{name: a, means: b, any: ['(']}]", "a"),
        ("words: {}\npatterns: [{name: a, means: b, any: ['{nowhere}']}]", "nowhere"),
        ("words: {}\npatterns: [{name: a, any: ['x']}]", "a"),
        ("words: {}\npatterns: [{name: a, means: b, any: ['x']}, {name: a, means: b, any: ['y']}]", "a"),
        ("words: {}\npatterns: [{name: a, means: b, any: ['x'], all: ['y']}]", "a"),
        ("words: {}\npatterns: [{name: a, means: b, any: ['x'], without: [later]}]", "a.*later"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_the_row_named(table: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "patterns.yml"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(PatternError, match=named):
        PatternTable.load(path)


def test_a_row_is_left_out_where_a_row_that_it_must_be_without_holds(tmp_path: Path) -> None:
    path = tmp_path / "patterns.yml"
    rows = "{name: bad, means: b, any: ['torn']}, {name: good, means: c, any: ['nice'], without: [bad]}"
    path.write_text(f"words: {{}}\npatterns: [{rows}]", encoding="utf-8")
    table = PatternTable.load(path)

    assert table.found("a nice one") == ["good"]
    assert table.found("a nice one, torn") == ["bad"]
    assert table.shown("a nice one, torn") == [0]


def test_every_row_holds_for_some_training_sentence() -> None:
    """A row that nothing in data/nlu shows teaches the classifier nothing."""
    import yaml

    folder = Path(__file__).resolve().parents[2] / "data" / "nlu"
    blocks = [block for path in folder.glob("*.yml") for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    shown = {name for block in blocks for line in block["examples"].splitlines() for name in TABLE.found(line[2:])}
    assert {row.name for row in TABLE.rows} - shown == set()


def test_the_quick_reading_says_the_same_as_the_exact_one() -> None:
    import yaml

    folder = Path(__file__).resolve().parents[2] / "data" / "nlu"
    blocks = [block for path in folder.glob("*.yml") for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    texts = [line[2:] for block in blocks for line in block["examples"].splitlines()]
    for text in texts:
        exact = [row for row in TABLE.rows if row.shown_by(text)]
        shown = {row.name for row in exact}
        assert TABLE.found(text) == [row.name for row in exact if shown.isdisjoint(row.without)], text
    wordings = [each for row in TABLE.rows for each in (row.any, row.unless) if each and each.quick]
    assert len(wordings) > 60
