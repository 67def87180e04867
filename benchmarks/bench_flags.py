"""Flags: judging one booking, and five hundred after a rule has changed, beside one point query of SQLite."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlite

from benchmarks.report import MS, Row, S, ratio, wait
from benchmarks.yardstick import latencies, pairs, seconds
from clinic.exchange.cases import case_of
from clinic.exchange.catalogue import rule_book
from clinic.office import flag_cards, rules
from clinic.rules.contraindications import judge
from clinic.values import ClientId, StaffId, TreatmentId
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.report import Size
    from clinic.office.desk import Desk
    from clinic.rules.contraindications import Case
    from clinic.storage.work import Work

BASE = Path(__file__).parents[1] / "tests" / "cases" / "screening" / "base.json"
FUTURE_VISITS, SCREENINGS = 500, 40
TREATMENT, OWNER = TreatmentId("t-90"), StaffId("owner")
AHEAD = datetime(2027, 2, 3, 10)  # noqa: DTZ001 - wall time, like every visit
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
    yield from _on_file(size)


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


def _on_file(size: Size) -> Iterator[Row]:
    """Ask through the office what a ten-year client's flags are, and judge everybody's visits ahead again."""
    with TemporaryDirectory() as folder:
        desk = _practice(Path(folder))
        try:
            ask = partial(
                flag_cards.of_wish, client=ClientId("c-old"), treatment=TREATMENT, staff=OWNER, at=AHEAD
            )
            said = f"flags of one booking, {SCREENINGS} screenings on file"
            yield wait("", said, size, latencies(lambda: desk.reading(ask), 500), 5)
            beside = pairs(lambda: desk.reading(ask), _point_query(), 100)
            yield ratio("", said, size, beside, of="one point query")
            on, off = (partial(_strict, strict=strict) for strict in (True, False))
            changes = cycle((on, off))
            whole = min(seconds(lambda: desk.writing(next(changes))) for _n in range(4))
            said = f"a rule changed, {FUTURE_VISITS} visits judged and kept"
            yield Row("", said, size, whole * MS, "ms", 1_000)
        finally:
            desk.close()


def _strict(work: Work, *, strict: bool) -> None:
    rules.be_strict(work, strict=strict, reason="measured")


def _practice(folder: Path) -> Desk:
    """Make a practice with one client of ten years, and five hundred visits ahead of as many clients."""
    healthy = json.loads(BASE.read_text("utf-8"))["full"]["answers"]
    old = [
        {
            "id": f"s-{n}",
            "client": "c-old",
            "kind": "full" if n % 2 else "quick",
            "answered_at": f"{2017 + n // 4}-{n % 4 * 3 + 1:02}-10T09:00",
            "answers": healthy | ANSWERS if n % 2 else {"Q1": {"feverish": "no"}},
        }
        for n in range(SCREENINGS)
    ]
    crowd = [f"c-{n}" for n in range(FUTURE_VISITS)]
    document = practices.a_document(
        clients=[practices.a_client(key, "Ana", "Ferreira") for key in ("c-old", *crowd)],
        screenings=old
        + [
            practices.a_screening(f"s-{key}", key, answered_at="2026-11-10T09:00", **ANSWERS) for key in crowd
        ],
        appointments=[
            practices.an_appointment(
                f"a-{key}", f"2027-{n // 80 + 1:02}-{n // 10 % 28 + 1:02}T{8 + n % 10:02}:00",
                client=key, staff="owner", minutes=30, state="confirmed",
            )
            for n, key in enumerate(crowd)
        ],
    )  # fmt: skip
    return practices.sit_down(practices.make(folder, document))
