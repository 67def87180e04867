"""What the practice has to hold: certificates, policies, courses, registrations, and the register a city asks for."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.exchange.sheets import write_sheet
from clinic.office.door import clean_all
from clinic.records import Appointment, Client, Line, Room, Staff, Treatment
from clinic.rules import credentials as rules
from clinic.rules.credentials import Paper
from clinic.rules.permissions import Permission, Reach
from clinic.values import TREATING, LineKind, Money, Refusal, StaffId, State
from clinic.wording import register as words
from clinic.workroom import sheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clinic.storage.work import Work

FACTS = frozenset({"certificate", "policies", "education"})
FIELDS = (
    "day",
    "time",
    "client",
    "address",
    "therapist",
    "certificate",
    "service",
    "minutes",
    "room",
    "price",
    "tip",
    "signature",
)
"""What cities ask for in their registers (`domain.md` G2)."""


@dataclass(frozen=True, slots=True)
class Held:
    """One paper: what it says, when it ends, and how near that is."""

    paper: Paper
    facts: Mapping[str, Any]
    expires: date | None
    rung: int | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who treats, with their papers and what they learned lately."""

    staff: StaffId
    name: str
    certificate: Held | None
    policies: tuple[Held, ...]
    courses: tuple[Mapping[str, Any], ...]
    hours: float


@dataclass(frozen=True, slots=True)
class Papers:
    """All that the practice holds."""

    holders: tuple[Holder, ...]
    registrations: tuple[Held, ...]
    today: date
    may_change: bool


def held(work: Work) -> Papers:
    """Show every paper the practice has to hold, with how near its end is."""
    work.require(Permission.PRACTICE_SEE)
    people = work.session.scalars(select(Staff).where(Staff.role.in_(TREATING)).order_by(Staff.name))
    return Papers(
        tuple(_holder(person, work.today) for person in people),
        tuple(_held(Paper.REGISTRATION, each, work.today) for each in work.practice.registrations or ()),
        work.today,
        work.reach(Permission.PRACTICE_CHANGE) is not Reach.NONE,
    )


def _holder(person: Staff, today: date) -> Holder:
    courses = tuple(sorted(person.education or (), key=lambda each: str(each["on"]), reverse=True))
    taken = [(date.fromisoformat(each["on"]), float(each["hours"])) for each in courses]
    policies = sorted(person.policies or (), key=lambda each: str(each["expires"]), reverse=True)
    return Holder(
        StaffId(person.id),
        person.name,
        _held(Paper.CERTIFICATE, person.certificate, today) if person.certificate else None,
        tuple(_held(Paper.POLICY, each, today) for each in policies),
        courses,
        rules.hours(taken, today),
    )


def _held(paper: Paper, facts: Mapping[str, Any], today: date) -> Held:
    expires = date.fromisoformat(facts["expires"]) if facts.get("expires") else None
    return Held(paper, facts, expires, rules.rung(paper, expires, today))


def write(work: Work, staff: StaffId, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a colleague's certificate, policies or courses, and answer what they were, for an undo."""
    work.require(Permission.PRACTICE_CHANGE)
    person = work.get(Staff, staff)
    unknown = next((name for name in changes if name not in FACTS), None)
    if unknown is not None:
        raise Refusal("unknown_field", at=unknown)
    before = {name: getattr(person, name) for name in changes}
    for name, value in changes.items():
        setattr(person, name, clean_all(value, at=name) or None)
    return before


def write_registrations(work: Work, registrations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Keep where the practice is registered, and answer what was kept before, for an undo."""
    work.require(Permission.PRACTICE_CHANGE)
    before = list(work.practice.registrations or ())
    work.practice.registrations = (
        clean_all([dict(each) for each in registrations], at="registrations") or None
    )
    return before


def register(work: Work, *, city: str, first: date, last: date) -> bytes:
    """Write the register a city asks for: a row for each visit that took place, with the fields it names."""
    work.require(Permission.PRACTICE_CHANGE)
    place = next((each for each in work.practice.registrations or () if each.get("city") == city), None)
    if place is None:
        raise Refusal("not_found", kind="registrations", id=city)
    fields = [name for name in FIELDS if name in (place.get("fields") or FIELDS)]
    out = io.BytesIO()
    rows = [[row[name] for name in fields] for row in _visits(work, first, last)]
    write_sheet(out, [words.field(name) for name in fields], rows)
    work.note("register_exported", "practice/practice", {"first": first, "last": last, "rows": len(rows)})
    return out.getvalue()


def _visits(work: Work, first: date, last: date) -> list[dict[str, Any]]:
    charged = (
        select(
            Line.appointment,
            func.sum(Line.price_cents - func.coalesce(Line.discount_cents, 0))
            .filter(Line.kind == LineKind.TREATMENT)
            .label("price"),
        )
        .group_by(Line.appointment)
        .subquery()
    )
    tips = select(Line.invoice, func.sum(Line.price_cents).label("tip")).where(Line.kind == LineKind.TIP)
    tip = tips.group_by(Line.invoice).subquery()
    of_visit = (
        select(Line.appointment, Line.invoice).where(Line.kind == LineKind.TREATMENT).distinct().subquery()
    )
    asked = (
        select(Appointment, Client, Staff, Treatment.name.label("service"), Room.name.label("room"))
        .add_columns(charged.c.price, tip.c.tip)
        .join(Client, Client.id == Appointment.client)
        .join(Staff, Staff.id == Appointment.staff)
        .join(Treatment, Treatment.id == Appointment.treatment)
        .outerjoin(Room, Room.id == Appointment.room)
        .outerjoin(charged, charged.c.appointment == Appointment.id)
        .outerjoin(of_visit, of_visit.c.appointment == Appointment.id)
        .outerjoin(tip, tip.c.invoice == of_visit.c.invoice)
        .where(
            Appointment.state == State.DONE,
            Appointment.at >= datetime.combine(first, time()),
            Appointment.at <= datetime.combine(last, time.max),
        )
        .order_by(Appointment.at, Appointment.id)
    )
    return [_row(row) for row in work.session.execute(asked)]


def _row(row: Any) -> dict[str, Any]:
    visit, client, person = row.Appointment, row.Client, row.Staff
    return {
        "day": visit.at.date().isoformat(),
        "time": visit.at.strftime("%H:%M"),
        "client": client.name,
        "address": ", ".join(sheets.postal(client.address)),
        "therapist": person.name,
        "certificate": (person.certificate or {}).get("number", ""),
        "service": row.service,
        "minutes": str(visit.minutes),
        "room": row.room or "",
        "price": str(Money(row.price)) if row.price is not None else "",
        "tip": str(Money(row.tip)) if row.tip is not None else "",
        "signature": "",
    }
