"""Notes and charts: a note kept while it is typed, words looked for in all of them, the page of a client of years."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from itertools import count, cycle
from typing import TYPE_CHECKING

from benchmarks import practices, town
from benchmarks.practices import WALL
from benchmarks.report import M, wait
from benchmarks.report import count as counted
from benchmarks.yardstick import in_memory, latencies
from clinic.office import charts, note_search, notes
from clinic.rules.notes import Content
from clinic.values import AppointmentId, ClientId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.report import Row, Size
    from clinic.office.desk import Desk

TYPED = ("neck", "stif", "guarded bet", "long days", "again soon", "shoulder")
EVENINGS, OF_TWENTY_YEARS = 20_000_000, 500
LAST, AT_NINE = WALL.date() - timedelta(days=1), time(21)


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a clinic."""
    if size is not M:
        return
    with in_memory() as folder, practices.seated(practices.copied(size, folder)) as desk:
        yield from _measured(size, desk)


def _measured(size: Size, desk: Desk) -> Iterator[Row]:
    guest = ClientId(town.client(1))
    came = [
        town.Visit(EVENINGS + n, guest, 0, datetime.combine(LAST - timedelta(days=7 * n), AT_NINE))
        for n in range(OF_TWENTY_YEARS)
    ]
    raw = desk.vault.raw()
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE notes SET search_text = 'stiff neck after long days. guarded. better. again soon.'")
    practices.put(raw, "appointments", (practices.appointment(one) for one in came))
    raw.execute("COMMIT")
    kept = raw.execute("SELECT count(*) FROM notes").fetchone()[0]
    raw.close()
    visit, words, typed = AppointmentId(f"a{EVENINGS}"), count(), cycle(TYPED)

    def keep() -> None:
        content = Content(s=f"Stiff neck, and so on for {next(words)} words.")
        desk.writing(partial(notes.save_draft, appointment=visit, content=content))

    def look() -> None:
        desk.reading(partial(note_search.find, typed=next(typed)))

    yield wait("", "a note kept while it is typed", size, latencies(keep), 20)
    yield counted("", "notes on file", size, kept)
    yield wait("", "words in all notes", size, latencies(look), 50)
    chart = partial(desk.reading, partial(charts.chart, client=guest))
    yield wait("", f"a client's page, {OF_TWENTY_YEARS} visits and more", size, latencies(chart, 200), 100)
