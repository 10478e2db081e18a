"""`make bench`: how fast it is, beside stock Rasa of the same domain, rules, responses and actions.

Exit status 0 also where a ratio is not reached, which it says; 1 when something broke.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path

from buyer_protection.settings import home
from tests.bench import breakdown, figures, measure, tables
from tests.bench.buyers import Buyers, SomethingBroke
from tests.bench.machine import disk, machine
from tests.bench.measure import Plan
from tests.bench.postgres import a_server
from tests.bench.report import Report, answers_compared
from tests.bench.results import Results
from tests.bench.sides import Ours, Side, Stock
from tests.bench.stock_project import CACHE, NotTrained


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and writes docs/speed.md and its figures (with --quick into .cache/bench/quick instead)."""
    asked = _parser().parse_args(arguments)
    plan = measure.QUICK if asked.quick else measure.THOROUGH
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=CACHE))
    buyers = Buyers()
    try:
        if asked.only:
            print(tables.beside([_alone(asked.only, folder, buyers, plan, asked.whole_training)], compared=False))
            return 0
        report = _compared(folder, buyers, plan, asked.whole_training)
    except (SomethingBroke, NotTrained) as broke:
        print(f"something broke: {broke}", file=sys.stderr)
        return 1
    finally:
        buyers.go()
        shutil.rmtree(folder, ignore_errors=True)
    docs = CACHE / "quick" if asked.quick else home() / "docs"
    docs.mkdir(exist_ok=True)
    page = report.markdown(datetime.now(timezone.utc).date(), machine())
    (docs / "speed.md").write_text(page, encoding="utf-8")
    figures.draw(docs, report.ours, report.stock)
    print(f"\n{page}")
    for verdict in report.verdicts:
        print(f"{verdict.word}: {verdict.promise}: {verdict.ratio:.2f}, wanted {verdict.bound}")
    print(answers_compared(report.ours, report.stock))
    return 0


def _compared(folder: Path, buyers: Buyers, plan: Plan, is_whole: bool) -> Report:
    """Both sides, then ours set up otherwise, then the timers."""
    load, disk_before = os.getloadavg()[0], disk(folder)
    ours, stock = Ours("ours", folder / "ours"), Stock("stock", folder / "stock", is_whole=is_whole)
    results = {side.name: Results(side.name) for side in (ours, stock)}
    with ExitStack() as stack:
        stack.enter_context(measure.running([ours]))
        with measure.running([stock]):
            _measured([ours, stock], buyers, results, plan)
        otherwise = [
            Ours("PostgreSQL", folder / "postgresql", stack.enter_context(a_server())),
            Ours("actions over HTTP", folder / "http", actions="http"),
            Ours("not fast", folder / "slow", fast=False),
        ]
        again = {side.name: Results(side.name) for side in (ours, *otherwise)}
        stack.enter_context(measure.running(otherwise))
        _say("ours, set up otherwise")
        measure.start(otherwise, buyers, again, 1)
        again["ours"].ready = results["ours"].ready
        _rounds([ours, *otherwise], buyers, again, plan)
    _say("where the milliseconds go")
    parts = breakdown.measured(buyers, folder / "timers", 4 * plan.conversations)
    conditions = (
        f"An fsync took {disk_before} at the beginning and {disk(folder)} at the end (median); "
        f"the load of others was {load:.1f} when it began."
    )
    return Report(results["ours"], results["stock"], list(again.values()), parts, measure.LOOKED_AT, conditions)


def _alone(name: str, folder: Path, buyers: Buyers, plan: Plan, is_whole: bool) -> Results:
    side: Side = Ours(name, folder / name) if name == "ours" else Stock(name, folder / name, is_whole=is_whole)
    results = {name: Results(name)}
    with measure.running([side]):
        _measured([side], buyers, results, plan)
    return results[name]


def _measured(sides: list[Side], buyers: Buyers, results: dict[str, Results], plan: Plan) -> None:
    _say(" beside ".join(side.name for side in sides))
    measure.start(sides, buyers, results, plan.starts)
    _rounds(sides, buyers, results, plan)


def _rounds(sides: list[Side], buyers: Buyers, results: dict[str, Results], plan: Plan) -> None:
    measure.turns(sides, buyers, results, plan)
    _say("as a conversation grows")
    measure.growth(sides, buyers, results, plan)


def _say(what: str) -> None:
    print(f"{what} ...", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds, to see that it runs")
    parser.add_argument("--whole-training", action="store_true", help="train stock for as long as Rasa would")
    parser.add_argument("--only", choices=("ours", "stock"), help="one side alone, nothing compared or written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
