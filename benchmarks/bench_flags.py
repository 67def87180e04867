"""Flags: judging one booking, and five hundred after a rule has changed, beside one point query of SQLite."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlite

from benchmarks.report import MS, Row, S, ratio, wait
from benchmarks.yardstick import latencies, pairs, seconds
from clinic.exchange.cases import case_of
from clinic.exchange.catalogue import rule_book
from clinic.rules.contraindications import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.report import Size
    from clinic.rules.contraindications import Case

BASE = Path(__file__).parents[1] / "tests" / "cases" / "screening" / "base.json"
FUTURE_VISITS = 500
ANSWERS: dict[str, Any] = {  # a client of seventy with something under every heading
    "C03": [{"what": what, "sites": ["left_knee"], "state": "open"} for what in ("tinea", "eczema", "wound")],
    "D05": [{"what": "varicose", "sites": ["calf"]}, {"what": "raynaud"}],
    "I01": [{"what": "sprain", "on": "2026-11-20", "sites": ["left_ankle"], "healed": "no"}],
    "I03": [{"what": "osteoporosis"}, {"what": "hardware", "on": "2020-01-01"}],
    "J01": [{"what": "neuropathy", "sites": ["foot"]}],
    "K01": [
        {"name": name} for name in ("Eliquis 5 mg", "metoprolol", "atorvastatin", "gabapentin", "vitamin D")
    ],
    "K02": ["almond", "latex"],
}


def rows(size: Size) -> Iterator[Row]:
    """Measure once: neither clients nor visits make a difference to a rule."""
    if size is not S:
        return
    book, plain, much = rule_book(), _case({}), _case(ANSWERS)
    yield wait("", "judge a booking, nothing to report", size, latencies(lambda: judge(plain, book)), 5)
    yield wait("", "judge a booking, much to report", size, latencies(lambda: judge(much, book)), 5)
    pair = pairs(lambda: judge(much, book), _point_query())
    yield ratio("", "judge a booking, much to report", size, pair, of="one point query")
    visits = [replace(much, at=much.at + timedelta(days=day)) for day in range(FUTURE_VISITS)]
    whole = seconds(lambda: [judge(visit, book) for visit in visits])
    yield Row("", f"judge {FUTURE_VISITS} future visits again", size, whole * MS, "ms", 1_000)


def _case(answers: dict[str, Any]) -> Case:
    document = json.loads(BASE.read_text("utf-8"))
    document["client"]["born"] = "1956-11-23"
    document["full"]["answers"] |= answers
    return case_of(document)


def _point_query() -> Callable[[], Any]:
    cabinet = sqlite.connect(":memory:")
    cabinet.execute("create table screening (id integer primary key, answers text)")
    cabinet.executemany("insert into screening values (?, ?)", ((id_, "{}") for id_ in range(10_000)))
    wanted = cycle(range(10_000))
    return lambda: cabinet.execute("select answers from screening where id = ?", (next(wanted),)).fetchone()
