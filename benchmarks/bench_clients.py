"""Looking at clients: the day, one client's page, the table of all, and what comes up at each key."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING

from benchmarks import practices, town
from benchmarks.practices import NOW
from benchmarks.report import XL, M, Row, Size, ratio, wait
from benchmarks.yardstick import in_memory, latencies, pairs
from clinic.office import attention, charts, clients, find, today
from clinic.storage import search
from clinic.values import ClientId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

TYPED = ("m", "ma", "cas", "ngu", "Παπα", "Сокол", "müll", "maya b", "jose garc", "5551", "555-12", "zoe m")
"""Accents, one letter to six, two words, figures of a phone."""
SLIPPED = ("castelanos", "nguyne", "mulelr", "sokolva", "jose garica", "castelanos maya")
"""Nobody is called so: a finger slipped."""
A_SEASON = timedelta(days=63)
"""Before the practice's day: then no letter ends soon, as on most days of a year."""
FEW, MANY = Size("1k", 1_000, 1_000, 12), Size("100k", 100_000, 100_000, 12)
RAW_SEARCH = """
    SELECT clients.id, given_name, family_name, preferred_name, born, phone
    FROM client_search JOIN clients ON clients.id = client_search.client
    WHERE client_search MATCH :words LIMIT 20
"""
RAW_CHART = (
    "SELECT * FROM clients WHERE id = :client",
    "SELECT * FROM letters WHERE client = :client",
    """SELECT appointments.*, treatments.* FROM appointments
    JOIN treatments ON treatments.id = appointments.treatment WHERE client = :client""",
    "SELECT notes.* FROM notes JOIN appointments ON appointments.id = notes.appointment WHERE client = :client",
    "SELECT * FROM invoices JOIN lines ON lines.invoice = invoices.id WHERE client = :client",
    """SELECT * FROM payments JOIN allocations ON allocations.payment = payments.id
    WHERE client = :client""",
)
RAW_DAY = """
    SELECT * FROM appointments JOIN clients ON clients.id = appointments.client
    JOIN treatments ON treatments.id = appointments.treatment JOIN staff ON staff.id = appointments.staff
    WHERE at >= :first AND at < :last
"""


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a practice."""
    with in_memory() as folder, practices.seated(practices.copied(size, folder)) as desk:
        yield from _searching(size, desk)
        if size is not XL:
            yield from _opening(size, desk)
    if size is M:
        yield from _tables()


def _searching(size: Size, desk: Desk) -> Iterator[Row]:
    raw = desk.vault.raw()
    ours, theirs, anything, slipped = cycle(TYPED), cycle(TYPED), cycle(TYPED), cycle(SLIPPED)

    def ask() -> None:
        desk.reading(partial(clients.search, typed=next(ours)))

    def query() -> None:
        raw.execute(RAW_SEARCH, {"words": search.words(next(theirs))}).fetchall()

    def ask_anything() -> None:
        desk.reading(partial(find.anything, typed=next(anything)))

    yield wait("B4", "clients at each key, not painted", size, latencies(ask, 600), 16)
    yield ratio("B4", "clients at each key, not painted", size, pairs(ask, query, 120), None, of="raw search")
    yield wait("B4", "anything at each key, not painted", size, latencies(ask_anything, 600), 16)

    def ask_slipped() -> None:
        desk.reading(partial(clients.search, typed=next(slipped)))

    yield wait("B4", "clients where a finger slipped, not painted", size, latencies(ask_slipped, 600), 16)
    raw.close()


def _opening(size: Size, desk: Desk) -> Iterator[Row]:
    raw = desk.vault.raw()
    client = ClientId(town.client(0))

    def chart() -> None:
        desk.reading(partial(charts.chart, client=client))

    def rows_of_chart() -> None:
        for asked in RAW_CHART:
            raw.execute(asked, {"client": client}).fetchall()

    visits = raw.execute("SELECT count(*) FROM appointments WHERE client = ?", (client,)).fetchone()[0]
    operation = f"a client's page, {visits} visits"
    yield ratio("B13", operation, size, pairs(chart, rows_of_chart, 30), 3, of="the same rows, raw")
    yield wait("B13", operation, size, latencies(chart), 50)

    def day() -> None:
        desk.reading(today.day)

    def rows_of_day() -> None:
        raw.execute(RAW_DAY, {"first": f"{NOW:%Y-%m-%d}", "last": f"{NOW:%Y-%m-%d}Z"}).fetchall()

    yield ratio(
        "Today", "the day's visits", size, pairs(day, rows_of_day, 30), None, of="the day's rows, raw"
    )
    yield wait("Today", "the day's visits", size, latencies(day), 50)

    def needs() -> None:
        desk.reading(attention.items)

    yield wait("Today", "what needs attention, every letter ending", size, latencies(needs, 60), None)
    desk.clock = lambda: NOW - A_SEASON
    yield wait("Today", "what needs attention", size, latencies(needs, 60), 500)
    desk.clock = lambda: NOW
    raw.close()


def _tables() -> Iterator[Row]:
    """Compare a table of very many clients with one of few: what is shown is as much."""
    tasks = {
        "open": lambda work, _size: (clients.count(work), clients.page(work)),
        "sort by name, downwards": lambda work, _size: clients.page(work, descending=True),
        "sort by the last visit": lambda work, _size: clients.page(work, order=clients.Order.LAST_VISIT),
        "jump to the end": lambda work, size: clients.page(work, offset=size.clients - 200),
    }
    with (
        in_memory() as folder,
        in_memory() as other,
        practices.seated(practices.copied(FEW, folder)) as few,
        practices.seated(practices.copied(MANY, other)) as many,
    ):
        for words, task in tasks.items():
            pair = pairs(_looking(many, task, MANY), _looking(few, task, FEW), 15)
            yield ratio("B20", f"client table: {words}", MANY, pair, 1.3, of=f"{FEW.clients:,} clients")


def _looking(desk: Desk, task: Callable[[Work, Size], object], size: Size) -> Callable[[], object]:
    return lambda: desk.reading(lambda work: task(work, size))
