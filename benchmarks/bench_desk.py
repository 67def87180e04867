"""Work at the desk: signing in, booking, taking money; with checks, trail and rights, on disk and in memory."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import select

from benchmarks import practices, town
from benchmarks.practices import DATA_KEY, NOW, OWNER, PRICE, WALL
from benchmarks.report import ratio, wait
from benchmarks.town import Visit
from benchmarks.yardstick import in_memory, latencies, on_disk, pairs
from clinic.office import booking, charges, papers, sign_in, till
from clinic.records import Appointment, Paper
from clinic.storage import connection, keyring, keys
from clinic.values import AppointmentId, ClientId, LineKind, Method, Money, State, TreatmentId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.report import Row, Size
    from clinic.office.desk import Desk
    from clinic.storage.work import Work

PASSWORD = "lantern orbit mellow cedar drift nine"  # noqa: S105 - of nobody
NEXT_YEAR = datetime(2027, 1, 4, 9)  # noqa: DTZ001 - wall time
TREATMENT, GUEST = TreatmentId("t60"), ClientId(town.client(0))
LATE, EVENINGS = 10_000_000, 160
"""Numbers no visit of the town has, and how many evenings somebody comes on."""
PROBE = """
    SELECT id FROM appointments WHERE staff = :staff AND held_from > :start - 1440 AND held_from < :end
    AND held_to > :start AND state IN ('tentative', 'confirmed', 'arrived', 'in_treatment', 'done') LIMIT 1
"""


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a practice."""
    for place, where in ((on_disk, "on disk"), (in_memory, "in memory")):
        with place() as folder, practices.seated(practices.copied(size, folder)) as desk:
            yield from _writing(size, desk, Anchor(folder / "anchor"), where)
    with in_memory() as folder, practices.seated(practices.copied(size, folder)) as desk:
        yield from _checking(size, desk)
        yield _unlocking(size, desk)


class Anchor:
    """A file as careful as ours, into which one row goes at a time."""

    def __init__(self, path: Path) -> None:
        self._file: Any = connection.make(path, DATA_KEY)
        self._file.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, a TEXT, b TEXT, c INTEGER, d INTEGER)")
        self._numbers = count()

    def insert(self) -> None:
        """Insert a row so that it would survive a power cut."""
        self._file.execute("BEGIN IMMEDIATE")
        row = (f"row-{next(self._numbers)}", "some words", "some more words", 12, 34)
        self._file.execute("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", row)
        self._file.execute("COMMIT")


def _writing(size: Size, desk: Desk, anchor: Anchor, where: str) -> Iterator[Row]:
    in_memory_ = where == "in memory"
    clock = process_time if in_memory_ else perf_counter
    booked = pairs(_booker(desk), anchor.insert, 60, clock=clock)
    id_, target = ("B7", 3.0) if in_memory_ else ("B6", 1.5)
    yield ratio(id_, f"book, {where}", size, booked, target, of="one row")
    paid = pairs(_cashier(desk), anchor.insert, 40, clock=clock)
    yield ratio("B14", f"sell, receipt issued, {where}", size, paid, 4 if in_memory_ else None, of="one row")
    if in_memory_:
        yield from _charging(size, desk, anchor)


def _booker(desk: Desk) -> Callable[[], object]:
    hours = (NEXT_YEAR + timedelta(days=day, hours=hour) for day in count() for hour in range(10))

    def book() -> None:
        at = next(hours)
        desk.writing(partial(booking.book, client=GUEST, treatment=TREATMENT, staff=OWNER, at=at))

    return book


def _cashier(desk: Desk) -> Callable[[], object]:
    operations = count()
    charge = charges.Charge(LineKind.PRODUCT, "Arnica gel", Money(PRICE))
    tender = till.Tender(Method.CARD, Money(PRICE))

    def check_out() -> None:
        operation = f"operation-{next(operations)}"
        desk.writing(
            partial(till.check_out, operation=operation, client=GUEST, charges=[charge], tenders=[tender])
        )

    return check_out


def _charging(size: Size, desk: Desk, anchor: Anchor) -> Iterator[Row]:
    """Charge visits of somebody who has come for ten years, each counted under its letter."""
    charged, begun = _charger(desk), len(papers_of(desk))
    paid = pairs(charged, anchor.insert, 40)
    yield ratio("B14", "check out a visit, in memory", size, paid, 4, of="one row")
    numbers = iter(papers_of(desk)[begun:])

    def print_one() -> None:
        desk.writing(partial(papers.original, number=next(numbers)))

    print_one()  # the press starts while a visit is being charged
    yield wait("", "from checkout to the receipt's pages, check-out", size, latencies(charged, 60), 150)
    yield wait("", "from checkout to the receipt's pages, print", size, latencies(print_one, 30))


def papers_of(desk: Desk) -> list[str]:
    """Tell the numbers of the receipts there are, in their order."""
    return desk.reading(lambda work: list(work.session.scalars(select(Paper.number).order_by(Paper.number))))


def _charger(desk: Desk) -> Callable[[], object]:
    """Let a client have come one evening a week, and charge one visit after another."""
    raw = desk.vault.raw()
    evenings = [datetime.combine(WALL.date() - timedelta(days=7 * n), time(21)) for n in range(EVENINGS)]
    came = [Visit(LATE + n, GUEST, 0, at) for n, at in enumerate(evenings)]
    raw.execute("BEGIN IMMEDIATE")
    practices.put(raw, "appointments", (practices.appointment(one) for one in came))
    raw.execute("COMMIT")
    raw.close()
    waiting = iter(came)
    tender = till.Tender(Method.CARD, Money(PRICE))

    def check_out() -> None:
        visit = AppointmentId(f"a{next(waiting).number}")
        charge = charges.Charge(LineKind.TREATMENT, "Therapeutic massage", Money(PRICE), appointment=visit)
        task = partial(till.check_out, client=GUEST, charges=[charge], tenders=[tender])
        desk.writing(partial(task, operation=f"visit-{visit}"))

    return check_out


def _checking(size: Size, desk: Desk) -> Iterator[Row]:
    raw = desk.vault.raw()
    taken = practices.held(NEXT_YEAR)

    def probes() -> None:
        for _ in range(2):
            facts = {"staff": OWNER, "start": taken.start, "end": taken.end}
            raw.execute(PROBE, facts).fetchone()

    def check(work: Work) -> None:
        wanted = Appointment(
            id="wanted",
            client=GUEST,
            staff=OWNER,
            room="r0",
            treatment=TREATMENT,
            at=NEXT_YEAR,
            minutes=60,
            state=State.CONFIRMED,
            held_from=taken.start,
            held_to=taken.end,
        )
        booking._refuse_taken(work, wanted)  # noqa: SLF001 - the check by itself, out of the booking

    def measured(work: Work) -> tuple[Row, Row]:
        return (
            ratio(
                "B9", "is the time free", size, pairs(partial(check, work), probes, 200), 5, of="two probes"
            ),
            wait("B9", "is the time free", size, latencies(partial(check, work)), 1),
        )

    yield from desk.reading(measured)
    raw.close()


def _unlocking(size: Size, desk: Desk) -> Row:
    path = desk.vault.path
    cost = keys.calibrated()
    keyring.write(path, keyring.Ring(keys.fingerprint(DATA_KEY), generation=0, slots=()))
    keys.set_password(path, DATA_KEY, person=keys.Person(OWNER, "Maren"), password=PASSWORD, cost=cost)

    def derive() -> None:
        hash_secret_raw(PASSWORD.encode(), bytes(16), cost.passes, cost.memory_kib, cost.lanes, 48, Type.ID)

    def unlock() -> None:
        sign_in.sign_in(path, None, PASSWORD, clock=lambda: NOW).close()

    return ratio("B3", "sign in", size, pairs(unlock, derive, 7), 1.1, of="key derivation")
