"""Finding free times: a fortnight and a month, for one therapist and for all, against the bare rows of the diary."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import practices
from benchmarks.report import XL, ratio, wait
from benchmarks.yardstick import in_memory, latencies, pairs
from clinic.office import free_times
from clinic.values import TreatmentId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.report import Row, Size
    from clinic.office.desk import Desk

FIRST = date(2026, 11, 30)
BEFORE = practices.NOW - timedelta(days=20)
"""The day on which it is asked: what follows is as full as the diary is."""
RAW = """
    SELECT staff, room, held_from, held_to, at, minutes, treatment FROM appointments
    WHERE at >= :first AND at < :last AND state IN ('tentative', 'confirmed', 'arrived', 'in_treatment', 'done')
"""


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a practice."""
    if size is XL:
        return
    with in_memory() as folder, practices.seated(practices.copied(size, folder)) as desk:
        desk.clock = lambda: BEFORE
        yield from _finding(size, desk)


def _finding(size: Size, desk: Desk) -> Iterator[Row]:
    raw = desk.vault.raw()
    who = f"{size.therapists} therapists" if size.therapists > 1 else "one therapist"
    fortnight, month = FIRST + timedelta(days=13), FIRST + timedelta(days=30)
    days = {"first": f"{FIRST}", "last": f"{fortnight + timedelta(days=1)}"}

    def scan() -> None:
        raw.execute(RAW, days).fetchall()

    def find(last: date, most: int | None = None) -> object:
        asked = partial(free_times.find, treatment=TreatmentId("t60"), first=FIRST, last=last, most=most)
        return desk.reading(asked)  # a piece of work of its own each time: none finds what one before it read

    best, every = partial(find, fortnight, 20), partial(find, month)
    yield ratio("B10", f"14 days, {who}, best 20", size, pairs(best, scan, 40), 3, of="range scan")
    yield wait("B10", f"14 days, {who}, best 20", size, latencies(best))
    yield wait("C3", f"a month, {who}, every slot", size, latencies(every), 50)
    raw.close()
