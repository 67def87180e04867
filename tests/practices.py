"""Small real practices for tests: made once, copied for each test, opened as whoever the test is about."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from clinic.office import portable, sign_in
from clinic.records import Client, Screening
from clinic.storage.keys import Cost
from clinic.values import ScreeningKind, StaffId

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

HEALTHY = Path(__file__).parent / "cases" / "screening" / "base.json"
CHEAP = Cost(64, 1, 1, below_floor=True)
NOW = datetime(2026, 11, 18, 22, 10, tzinfo=UTC)
"""Ten past two in the afternoon in California."""
PASSWORD = "lantern orbit mellow cedar drift nine"
ASKED_ON = "2026-11-01T09:00"
"""When everybody filled in the health history, and had nothing to report."""
A_CROWD = 20
"""From so many clients on nobody has answered anything, unless a test says so: it would take long."""
PEOPLE = {
    "owner": "Maren Okafor",
    "s-therapist": "Tomás Rivera",
    "s-desk": "Nkechi Bello",
    "s-books": "Delphine Arceneaux",
}


class Seated(Protocol):
    """Whoever can have something written, at a desk or at the window."""

    def writing(self, task: Callable[[Work], Any], /) -> Any:
        """Do a task."""


def clock() -> datetime:
    """The instant at which every test takes place, unless it says otherwise."""
    return NOW


def a_document(**lists: Any) -> dict[str, Any]:
    """Make a portable document: staff in every role, two rooms, three treatments, and what is given."""
    document: dict[str, Any] = {
        "format": "clinic-practice",
        "version": 1,
        "exported_at": "2026-11-18T20:00:00Z",
        "practice": {
            "name": "Fern & Harbor Massage Therapy",
            "time_zone": "America/Los_Angeles",
            "address": {"street": "218 Juniper Row", "city": "Alameda", "region": "CA", "postal": "94501"},
        },
        "staff": [
            a_colleague("owner", "owner"),
            a_colleague("s-therapist", "therapist"),
            a_colleague("s-desk", "front_desk"),
            a_colleague("s-books", "bookkeeper"),
        ],
        "rooms": [{"id": "r-hearth", "name": "Hearth"}, {"id": "r-willow", "name": "Willow"}],
        "treatments": [
            a_treatment("t-60", "TH", "THERAPEUTIC", 60, 12500),
            a_treatment("t-90", "DT", "THERAPEUTIC", 90, 18000),
            a_treatment("t-rest", "SW", "RELAXATION", 60, 11000),
        ],
        "clients": [a_client("c-own", "Hạnh", "Nguyễn"), a_client("c-other", "Odile", "Marchetti")],
        "screenings": [],
        "letters": [],
        "appointments": [],
        "notes": [],
        "invoices": [],
        "bundles": [],
        "gifts": [],
        "payments": [],
        "refunds": [],
        "steps": [],
        "attempts": [],
        "closings": [],
        "blocks": [],
        "waiting": [],
    }
    document |= lists
    if "screenings" not in lists and len(document["clients"]) < A_CROWD:
        document["screenings"] = [a_screening(f"h-{one['id']}", one["id"]) for one in document["clients"]]
    return document


def a_colleague(key: str, role: str) -> dict[str, Any]:
    """Make a colleague; those who treat are certified."""
    person: dict[str, Any] = {"id": key, "name": PEOPLE[key], "role": role}
    if role in {"owner", "therapist"}:
        person["certificate"] = {
            "body": "CAMTC",
            "number": "00417",
            "issued": "2025-08-31",
            "expires": "2027-08-31",
        }
    return person


def a_treatment(key: str, technique: str, purpose: str, minutes: int, price: int) -> dict[str, Any]:
    """Make a treatment."""
    return {
        "id": key,
        "name": "Therapeutic massage" if purpose == "THERAPEUTIC" else "Relaxation massage",
        "technique": technique,
        "purpose": purpose,
        "minutes": minutes,
        "price_cents": price,
        "cpt": "97124",
    }


def a_client(key: str, given: str, family: str, **facts: Any) -> dict[str, Any]:
    """Make a client."""
    return {
        "id": key,
        "given_name": given,
        "family_name": family,
        "born": "1974-03-02",
        "phone": "(510) 555-0168",
    } | facts


@cache
def _healthy() -> dict[str, Any]:
    answers: dict[str, Any] = json.loads(HEALTHY.read_text("utf-8"))["full"]["answers"]
    return answers


def a_screening(
    key: str, client: str = "c-own", *, answered_at: str = ASKED_ON, **answers: Any
) -> dict[str, Any]:
    """Make a full health history with nothing to report, apart from these answers."""
    return {
        "id": key,
        "client": client,
        "kind": "full",
        "answered_at": answered_at,
        "answers": _healthy() | answers,
    }


def a_quick_check(
    key: str, client: str = "c-own", *, answered_at: str = "2026-11-18T14:00", **answers: Any
) -> dict[str, Any]:
    """Make a quick check of the day with nothing to report, apart from these answers."""
    told = {"Q1": {"feverish": "no"}, "Q2": {"any": "no"}, "Q14": {"consent": True, "initials": "X"}}
    return {
        "id": key,
        "client": client,
        "kind": "quick",
        "answered_at": answered_at,
        "answers": told | answers,
    }


def check_quickly(desk: Seated, client: str = "c-own", *, at: datetime | None = None, **answers: Any) -> None:
    """Let a client answer the quick check of the day, just now."""
    _record(desk, client, ScreeningKind.QUICK, a_quick_check("", client, **answers)["answers"], at)


def ask_fully(desk: Seated, client: str = "c-own", *, at: datetime | None = None, **answers: Any) -> None:
    """Let a client fill in the full health history, just now."""
    _record(desk, client, ScreeningKind.FULL, a_screening("", client, **answers)["answers"], at)


def answer(desk: Seated, client: str, told: dict[str, Any]) -> None:
    """Let a client leave questions of the full health history open."""
    _record(desk, client, ScreeningKind.FULL, told, None)


def know(desk: Seated, client: str) -> None:
    """Let a client be known well enough to be booked and treated today: born, asked, and checked."""

    def be_born(work: Work) -> None:
        work.get(Client, client).born = date(1985, 5, 5)

    desk.writing(be_born)
    ask_fully(desk, client)
    check_quickly(desk, client)


def _record(
    desk: Seated, client: str, kind: ScreeningKind, told: dict[str, Any], at: datetime | None
) -> None:
    def record(work: Work) -> None:
        key = work.new_id()
        work.add(Screening(id=key, client=client, kind=kind, answered_at=at or work.wall, answers=told))

    desk.writing(record)


def a_letter(key: str = "l-1", client: str = "c-own", **facts: Any) -> dict[str, Any]:
    """Make a complete letter of medical necessity that speaks for the second half of 2026."""
    return {
        "id": key,
        "client": client,
        "kind": "lmn",
        "number": "L-2026-014",
        "signed_on": "2026-07-01",
        "ends_on": "2026-12-31",
        "patient_name": "Hạnh Nguyễn",
        "signer": {"name": "Dr. Miriam Adeyemi", "credential": "MD"},
        "signed": True,
        "diagnoses": [{"text": "Cervicalgia", "icd10": "M54.2"}],
        "treatment": "massage therapy",
        "max_visits": 12,
    } | facts


def an_appointment(key: str, at: str, **facts: Any) -> dict[str, Any]:
    """Make a visit that took place."""
    return {
        "id": key,
        "client": "c-own",
        "staff": "s-therapist",
        "treatment": "t-60",
        "at": at,
        "minutes": 60,
        "state": "done",
    } | facts


def an_invoice(
    key: str, issued_on: str, *lines: dict[str, Any], client: str = "c-own", **facts: Any
) -> dict[str, Any]:
    """Make an invoice."""
    return {"id": key, "client": client, "issued_on": issued_on, "lines": list(lines)} | facts


def a_line(key: str, kind: str = "treatment", price: int = 12500, **facts: Any) -> dict[str, Any]:
    """Make a line."""
    return {"id": key, "kind": kind, "text": "Therapeutic massage", "price_cents": price} | facts


def a_payment(key: str, paid_on: str, amount: int, **facts: Any) -> dict[str, Any]:
    """Make a payment."""
    return {
        "id": key,
        "client": "c-own",
        "paid_on": paid_on,
        "method": "card",
        "amount_cents": amount,
    } | facts


def a_closing(key: str = "d-1", **facts: Any) -> dict[str, Any]:
    """Make a day that was closed, with the drawer as it should be."""
    return {
        "id": key,
        "day": "2026-11-04",
        "closed_at": "2026-11-05T02:10:00Z",
        "closed_by": "owner",
        "drawer_cents": 15000,
        "expected_cents": 15000,
        "counted_cents": 15000,
        "figures": {"issued": 1, "first": "R-2026-000001", "last": "R-2026-000001", "gaps": 0},
    } | facts


def a_full_document() -> dict[str, Any]:
    """Make a document with something in every list."""
    return a_document(
        letters=[a_letter()],
        appointments=[
            an_appointment("a-1", "2026-11-04T16:00"),
            an_appointment("a-2", "2026-11-18T09:00", staff="owner", client="c-other"),
            an_appointment("a-3", "2026-12-02T16:00", state="confirmed"),
        ],
        notes=[
            {
                "id": "n-1",
                "appointment": "a-1",
                "written_by": "s-therapist",
                "signed_at": "2026-11-05T01:10:00Z",
                "soap": {"s": "stiff", "o": "firm", "a": "better", "p": "again"},
            },
        ],
        invoices=[
            an_invoice(
                "i-1",
                "2026-11-04",
                a_line("x-1", appointment="a-1"),
                a_line("x-2", "tip", 2000, text="Tip"),
                a_line("x-3", "bundle_sale", 60000, text="Six visits"),
                a_line("x-4", "gift_sale", 5000, text="Gift certificate"),
            ),
        ],
        bundles=[
            {
                "id": "b-1",
                "client": "c-own",
                "line": "x-3",
                "treatment": "t-60",
                "visits": 6,
                "price_cents": 60000,
            },
        ],
        gifts=[{"id": "g-1", "line": "x-4", "code": "FERN-0001", "amount_cents": 5000}],
        payments=[a_payment("p-1", "2026-11-04", 79500)],
        refunds=[{"id": "f-1", "payment": "p-1", "refunded_on": "2026-11-10", "amount_cents": 1000}],
        steps=[
            {"id": "w-1", "appointment": "a-1", "state": "done", "at": "2026-11-05T01:02:00Z", "by": "owner"}
        ],
        attempts=[
            {
                "id": "k-1",
                "client": "c-own",
                "appointment": "a-3",
                "outcome": "left_message",
                "at": "2026-11-17T18:00:00Z",
            }
        ],
        closings=[a_closing()],
        blocks=[
            {
                "id": "k-lunch",
                "staff": "s-therapist",
                "begins": "2026-11-02T12:30",
                "ends": "2026-11-02T13:30",
                "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "kind": "break",
            },
        ],
        waiting=[
            {
                "id": "w-1",
                "client": "c-other",
                "treatment": "t-60",
                "urgency": "soon",
                "since": "2026-11-16T18:00:00Z",
            },
        ],
    )


def make(folder: Path, document: dict[str, Any] | None = None) -> Path:
    """Make a practice file in a folder, with somebody in every role who can sign in."""
    path = folder / "practice.clinic"
    new = sign_in.NewPractice("Fern & Harbor", PEOPLE["owner"], PASSWORD, "America/Los_Angeles")
    desk, _ = sign_in.create(path, new, cost=CHEAP, clock=lambda: NOW - timedelta(days=90))
    desk.clock = clock
    desk.confirm()
    source = folder / "in.json"
    source.write_text(json.dumps(document or a_document()), encoding="utf-8")
    portable.take_in(desk, source)
    for key in PEOPLE:
        if key != "owner":
            desk.writing(
                partial(
                    sign_in.give_access, staff=StaffId(key), password=PASSWORD, reason="New here", cost=CHEAP
                ),
            )
    desk.close()
    source.unlink()
    return path


def copied(template: Path, folder: Path) -> Path:
    """Copy a closed practice with what belongs to it."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in template.parent.glob(f"{template.name}*"):
        if part.is_file():
            shutil.copy(part, folder / part.name)
    return folder / template.name


def sit_down(path: Path, person: str = "owner") -> Desk:
    """Sign somebody in."""
    return sign_in.sign_in(path, PEOPLE[person], PASSWORD, clock=clock)
