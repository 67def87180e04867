"""Practices to measure on: the town's visits with their money, letters and notes, written row by row."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks import town
from clinic.office.desk import Desk
from clinic.records import Paper, PaperKind, Practice, Staff
from clinic.records.people import search_text, sort_key
from clinic.rules import calendar
from clinic.storage.opening import create_vault, open_vault
from clinic.storage.work import Actor, Work
from clinic.values import ClientId, Method, Purpose, Role, StaffId, State, Technique
from clinic.workroom import issuing, ledgers, receipts, sheets

if TYPE_CHECKING:
    from benchmarks.report import Size
    from benchmarks.town import Visit
    from clinic.storage.vault import Vault

SHELF = "BENCH_PRACTICES"
"""Names the folder in which the practices of one run lie, so that each is made once."""
DATA_KEY = bytes(range(32))
OWNER = StaffId("owner")
ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 12, 16, 22, 10, tzinfo=UTC)
WALL = NOW.astimezone(ZONE).replace(tzinfo=None)
YEAR = NOW.year
PRICE, TIP = 12_500, 2_000
FILED = 1_330
"""Clients whose receipts of the last year are frozen: enough for 5,000 papers."""
MINUTES = 60

Rows = Iterator[dict[str, object]]


@contextmanager
def shelf() -> Iterator[None]:
    """Keep the practices of one run, and clear them away after it."""
    if SHELF in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ[SHELF] = folder
        yield
        del os.environ[SHELF]


def copied(size: Size, folder: Path) -> Path:
    """Take a copy of the practice of a size; it is made when it is first asked for."""
    original = Path(os.environ[SHELF]) / size.name / "practice.clinic"
    if not original.exists():
        make(original, size)
    for part in original.parent.iterdir():
        if part.is_file():
            shutil.copy(part, folder / part.name)
    return folder / original.name


@contextmanager
def seated(path: Path) -> Iterator[Desk]:
    """Sit down as the owner, the key in hand."""
    desk = desk_at(path)
    yield desk
    desk.close()


def desk_at(path: Path) -> Desk:
    """Open a practice without asking for a password."""
    return Desk(open_vault(path, DATA_KEY), Actor(OWNER, Role.OWNER, NOW), lambda: NOW)


def make(path: Path, size: Size) -> None:
    """Write the practice of a size."""
    path.parent.mkdir(parents=True)
    create_vault(path, DATA_KEY, _furnish).close()
    with seated(path) as desk:
        desk.writing(partial(_fill, size=size))
        desk.writing(partial(_file_receipts, size=size))


def _furnish(vault: Vault) -> None:
    with Work(vault, Actor(OWNER, Role.OWNER), NOW) as work:
        practice = Practice(name="Fern & Harbor Massage", time_zone=ZONE.key, verification_key=bytes(32))
        work.add(practice)
        work.add(Staff(id=OWNER, name="Maren Okafor", role=Role.OWNER))


def _fill(work: Work, *, size: Size) -> None:
    driver: Any = work.session.connection().connection.driver_connection
    driver.execute("PRAGMA cache_size = -200000")  # each page that falls out is sealed, and opened again
    for table, rows in _tables(size):
        put(driver, table, rows)
    work.note("created_many", "practice/practice", {"visits": size.visits})


def put(driver: Any, table: str, rows: Iterable[dict[str, object]]) -> None:
    """Insert rows of one shape with the driver itself."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        insert = f"INSERT INTO {table} ({', '.join(first)}) VALUES ({marks})"  # noqa: S608 - our own names
        driver.executemany(insert, (tuple(row.values()) for row in chain([first], rows)))


def _tables(size: Size) -> Iterator[tuple[str, Iterable[dict[str, object]]]]:
    yield "staff", _therapists(size)
    yield "rooms", ({"id": f"r{n}", "name": f"Room {n}", "version": 1} for n in range(size.therapists))
    yield "treatments", [_TREATMENT]
    yield "clients", map(client_row, town.people(size.clients))
    yield "letters", _letters(size)
    yield "appointments", map(appointment, town.visits(size))
    yield "notes", (_note(visit) for visit in _done(size) if visit.at.year == YEAR)
    yield "invoices", map(_invoice, _done(size))
    yield "lines", (line for visit in _done(size) for line in _lines(visit))
    yield "payments", map(_payment, _done(size))
    yield "allocations", (part for visit in _done(size) for part in _allocations(visit))


_TREATMENT: dict[str, object] = {
    "id": "t60",
    "name": "Therapeutic massage",
    "technique": Technique.THERAPEUTIC,
    "purpose": Purpose.THERAPEUTIC,
    "minutes": MINUTES,
    "price_cents": PRICE,
    "cpt": "97124",
    "version": 1,
}


def _therapists(size: Size) -> Rows:
    certificate = {"body": "CAMTC", "number": "00417", "issued": "2015-01-01", "expires": "2029-01-01"}
    for number in range(1, size.therapists):
        yield {
            "id": therapist(number),
            "name": f"Therapist {number}",
            "role": Role.THERAPIST,
            "certificate": json.dumps(certificate),
            "version": 1,
        }


def therapist(number: int) -> str:
    """Name a therapist; the owner is the first."""
    return f"s{number}" if number else OWNER


def client_row(person: town.Person) -> dict[str, object]:
    """Make of somebody in town a client's record."""
    key, given, family, born, phone = astuple(person)
    return {
        "id": key,
        "given_name": given,
        "family_name": family,
        "born": str(born),
        "phone": phone,
        "sort_key": sort_key(given, family),
        "search_text": search_text(given, family, None, phone, born),
        "version": 1,
    }


def _letters(size: Size) -> Rows:
    """Give every fourth client a letter for each of the last three years."""
    signer = json.dumps({"name": "Dr. Miriam Adeyemi", "credential": "MD"})
    diagnoses = json.dumps([{"text": "Cervicalgia", "icd10": "M54.2"}])
    for number, person in enumerate(town.people(size.clients)):
        for year in range(YEAR - 2, YEAR + 1) if number % 4 == 0 else ():
            yield {
                "id": f"l{number}-{year}",
                "client": person.id,
                "kind": "lmn",
                "number": f"L-{year}-{number}",
                "signed_on": f"{year}-01-02",
                "ends_on": f"{year}-12-31",
                "patient_name": person.name,
                "signer": signer,
                "signed": 1,
                "diagnoses": diagnoses,
                "treatment": "massage therapy",
                "max_visits": 20,
                "version": 1,
            }


def _done(size: Size) -> Iterator[Visit]:
    return (visit for visit in town.visits(size) if visit.at < WALL)


@lru_cache(maxsize=16)
def held(at: datetime) -> calendar.Held:
    """Work out what an hour takes from its therapist."""
    return calendar.held(at, MINUTES, 0, 0, ZONE)


def appointment(visit: Visit) -> dict[str, object]:
    """Make of a slot that was taken an appointment's record."""
    taken = held(visit.at)
    return {
        "id": f"a{visit.number}",
        "client": visit.client,
        "staff": therapist(visit.therapist),
        "room": f"r{visit.therapist}",
        "treatment": "t60",
        "at": f"{visit.at}.000000",
        "minutes": MINUTES,
        "state": State.DONE if visit.at < WALL else State.CONFIRMED,
        "held_from": taken.start,
        "held_to": taken.end,
        "version": 1,
    }


_SOAP = json.dumps({"s": "Stiff neck after long days.", "o": "Guarded.", "a": "Better.", "p": "Again soon."})
_MEASURES = json.dumps([{"name": "NDI", "value": 14}])


def _note(visit: Visit) -> dict[str, object]:
    return {
        "id": f"n{visit.number}",
        "appointment": f"a{visit.number}",
        "written_by": therapist(visit.therapist),
        "signed_at": f"{visit.at + timedelta(hours=9):%Y-%m-%dT%H:%M:%S}.000000Z",
        "soap": _SOAP,
        "measures": None if visit.number % 3 else _MEASURES,
        "version": 1,
    }


def _invoice(visit: Visit) -> dict[str, object]:
    return {
        "id": f"i{visit.number}",
        "client": visit.client,
        "issued_on": str(visit.at.date()),
        "number": f"{visit.number:07}",  # as the program before gave it
        "version": 1,
    }


def _lines(visit: Visit) -> Rows:
    """Charge the visit, and a tip every second time."""
    charges = (("treatment", "Therapeutic massage", PRICE), ("tip", "Tip", TIP))
    for place, (kind, text, price) in enumerate(charges[: 1 + visit.number % 2]):
        yield {
            "id": f"x{visit.number}.{place}",
            "invoice": f"i{visit.number}",
            "position": place,
            "kind": kind,
            "appointment": None if place else f"a{visit.number}",
            "text": text,
            "price_cents": price,
        }


def _payment(visit: Visit) -> dict[str, object]:
    return {
        "id": f"p{visit.number}",
        "client": visit.client,
        "paid_on": str(visit.at.date()),
        "method": Method.CARD if visit.number % 5 else Method.HSA_CARD,
        "amount_cents": PRICE + TIP * (visit.number % 2),
    }


def _allocations(visit: Visit) -> Rows:
    for line in _lines(visit):
        yield {
            "payment": f"p{visit.number}",
            "position": line["position"],
            "line": line["id"],
            "amount_cents": line["price_cents"],
        }


def filed(size: Size) -> tuple[ClientId, ...]:
    """Name the clients whose receipts of the last year are frozen: those who come most often."""
    return tuple(ClientId(town.client(number)) for number in range(min(FILED, size.clients)))


def _file_receipts(work: Work, *, size: Size) -> None:
    """Freeze the last year's receipts of those who come most often."""
    chosen = filed(size)
    shared = ledgers.practice_of(work, chosen)
    station = sheets.stationery(work, shared.policy)
    rows = []
    for _, ledger in ledgers.ledgers(work, chosen):
        own = {line.invoice for line in ledger.lines if line.issued_on.year == YEAR}
        rows += [
            issuing.frozen(work, sheets.receipt_sheet(one, station), PaperKind.RECEIPT, invoice=one.id)
            for one in receipts.invoiced(work, ledger, shared, own)
        ]
    work.keep_many(Paper, rows)
