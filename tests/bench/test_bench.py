"""The bench's arithmetic, on numbers made up for it; how long anything takes is not asserted here."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.bench import breakdown, figures, measure, tables
from tests.bench.memory import family, megabytes
from tests.bench.report import Report, in_words
from tests.bench.results import Results, Verdict, differing, median, per_second, percentile, verdicts
from tests.bench.script import FORM, LAST, UTTER, lines

TURNS = [(0, UTTER, 100.0, 100.010, "hello"), (1, FORM, 100.010, 100.030, "Your reference is AB12-CD34-E.")]


def results(name: str, milliseconds: float, share: float = 1.0) -> Results:
    """A side on which everything takes so long; memory and start by a share of 1,000 MB and 30 s."""
    made_up = Results(name, ready=[30.0 * share], memory=[1000.0 * share])
    for kind in (UTTER, FORM, LAST):
        made_up.milliseconds[kind] = [milliseconds] * 3
    made_up.per_second = {buyers: [1000 / milliseconds] for buyers in (1, 8, 32)}
    made_up.growth = {10: [milliseconds], 1000: [1.5 * milliseconds]}
    made_up.words = {0: "hello", 1: "Your dispute AB12-CD34-E is open."}
    return made_up


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1.0), (0.01, 1.0), (0.5, 50.0), (0.99, 99.0), (0.991, 100.0), (1.0, 100.0)]
)
def test_a_percentile_is_the_value_that_this_share_does_not_exceed(share: float, expected: float) -> None:
    """By nearest rank, in any order."""
    assert percentile([float(number) for number in range(100, 0, -1)], share) == expected


def test_the_percentile_of_one_value_is_the_value() -> None:
    """However few were measured, there is an answer."""
    assert percentile([7.0], 0.99) == 7.0


def test_turns_a_second_are_counted_from_the_first_message_to_the_last_answer() -> None:
    """Two turns in thirty milliseconds."""
    assert per_second(TURNS) == pytest.approx(2 / 0.030)


def test_turns_are_sorted_by_kind_and_measured_in_milliseconds() -> None:
    """What is measured in seconds is told in milliseconds."""
    measured = Results("ours")
    measured.add_turns(TURNS)
    measured.add_load(8, TURNS)
    measured.add_growth(100, [*TURNS, *TURNS], most=1)
    assert measured.milliseconds[UTTER] == pytest.approx([10.0])
    assert measured.milliseconds[FORM] == pytest.approx([20.0])
    assert measured.under_load[8] == pytest.approx([10.0, 20.0])
    assert measured.growth[100] == pytest.approx([20.0])


def test_each_promise_is_reached_on_its_own_side_of_the_bound() -> None:
    """Five times as fast, a third of the time, half of the memory, no more than twice as slow at the end."""
    told = verdicts(results("ours", 10.0, share=0.3), results("stock", 50.0))
    assert [verdict.ratio for verdict in told] == pytest.approx([5.0, 5.0, 0.3, 0.3, 1.5])
    assert [verdict.word for verdict in told] == ["PASS"] * 5


def test_what_is_not_reached_is_said() -> None:
    """Nearly is not enough."""
    told = verdicts(results("ours", 10.1, share=0.51), results("stock", 50.0))
    assert [verdict.word for verdict in told] == ["NOT REACHED"] * 4 + ["PASS"]
    assert "4.95, wanted at least 5" in in_words(told)


def test_a_bound_that_is_just_kept_is_kept() -> None:
    """The bound itself is inside."""
    assert Verdict("x", 2.0, 2.0, is_at_least=False).is_reached
    assert Verdict("x", 5.0, 5.0, is_at_least=True).is_reached


def test_answers_are_compared_but_for_references_and_order_numbers() -> None:
    """Another reference is no other answer; another question is."""
    ours, stock = results("ours", 1.0), results("stock", 1.0)
    stock.words = {0: "hi", 1: "Your  dispute ZZ99-YY88-X is open."}
    assert differing(ours, stock) == [0]
    assert differing(ours, ours) == []


def test_the_parts_of_a_turn_add_up_to_the_whole_and_leave_other_turns_out() -> None:
    """Each span counts once: what is inside it is taken out of it."""
    spans = [
        ("request", 1.001, 1.019),
        ("token", 1.002, 1.003),
        ("post", 1.004, 1.014),
        ("turn", 1.005, 1.013),
        ("nlu", 1.006, 1.009),
        ("nlu", 3.0, 4.0),
    ]
    parts = breakdown.parts_of([(0, FORM, 1.0, 1.020, ""), (1, FORM, 2.0, 2.010, "")], spans)
    assert sum(parts.values()) == pytest.approx((20 + 10) / 2)
    assert parts["message understood"] == pytest.approx(1.5)
    assert parts["hop to Rasa and back"] == pytest.approx(1.0)
    assert parts["rest of Rasa's turn"] == pytest.approx(2.5)
    assert parts["rest of the gateway"] == pytest.approx(3.5)


def test_a_table_tells_how_many_times_better_the_first_column_is() -> None:
    """More messages are better, more milliseconds are not."""
    told = tables.beside([results("ours", 10.0), results("stock", 50.0)], compared=True)
    rows = {line.split("|")[1].strip(): line.split("|")[4].strip() for line in told.splitlines()}
    assert rows["form turn, ms: median / p99"] == "5.0"
    assert rows["messages a second, 8 buyers at once"] == "5.0"
    assert rows["memory of all processes, MB"] == "1.0"


def test_the_page_holds_the_verdicts_and_where_the_milliseconds_go() -> None:
    """A page for who was not there."""
    ours = results("ours", 10.0, share=0.3)
    report = Report(
        ours, results("stock", 50.0), [ours], {"token": 1.0, "rest": 3.0}, measure.LOOKED_AT, "It was quiet."
    )
    page = report.markdown(date(2024, 5, 6), "2 cores")
    assert "Measured on 2024-05-06 on 2 cores." in page
    assert page.count("**PASS**") == 5
    assert "rest (75%), token (25%)" in page
    assert "All of it is reached." in page


def test_a_figure_is_the_same_for_the_same_numbers(tmp_path: Path) -> None:
    """Nobody reviews a figure that changes by itself."""
    both = results("ours", 10.0), results("stock", 50.0)
    first = [path.read_bytes() for path in figures.draw(tmp_path, *both)]
    assert first == [path.read_bytes() for path in figures.draw(tmp_path, *both)]
    assert all(b"<svg" in figure for figure in first)


def test_the_memory_of_this_process_is_counted() -> None:
    """Python alone takes some megabytes; this process is the first of its family."""
    assert family(os.getpid())[0] == os.getpid()
    assert 5 < megabytes([os.getpid()]) < 10_000
    assert megabytes([]) == 0


def test_every_buyer_has_an_order_of_their_own_and_days_that_lie_before_today() -> None:
    """A dispute can be opened whenever the bench runs."""
    told = lines(812345678, date(2024, 3, 12))
    assert any("812345678" in line.text for line in told)
    assert "I asked on 21 February 2024" in [line.text for line in told]
    assert {line.kind for line in told} >= {UTTER, FORM, LAST}
    assert [line.kind for line in told].count(LAST) == 1


def test_a_side_that_measured_nothing_has_no_median() -> None:
    """Nothing is not zero."""
    assert median([]) != median([])
