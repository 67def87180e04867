"""The practice: its letterhead and settings, its people, its rooms and what it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.office.door import clean, fill, same
from clinic.records import Room, Staff, Treatment
from clinic.rules.calendar import USUAL_HOURS
from clinic.rules.diagnoses import is_npi
from clinic.rules.openings import check_stretches
from clinic.rules.permissions import Permission
from clinic.values import Money, Purpose, Refusal, Role, RoomId, StaffId, Technique, TreatmentId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clinic.storage.work import Work

LETTERHEAD = frozenset(
    {"name", "address", "hours", "special_days", "phone", "email", "tax_id", "npi", "settings"}
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The practice as its screens and papers name it."""

    name: str
    version: int
    address: Mapping[str, str] | None
    hours: Mapping[str, Sequence[Sequence[str]]]
    """When the house is open; a practice that never said so keeps the usual hours."""
    special_days: Sequence[Mapping[str, Any]]
    """Single days on which the house has hours of its own."""
    phone: str | None
    email: str | None
    time_zone: str
    tax_id: str | None
    npi: str | None
    settings: Mapping[str, Any]
    preferences: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone who works here."""

    id: StaffId
    name: str
    role: Role
    title: str | None
    certificate_until: date | None
    version: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A treatment as it can be booked."""

    id: TreatmentId
    name: str
    technique: Technique
    purpose: Purpose
    minutes: int
    price: Money
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class Place:
    """A room as it can be booked."""

    id: RoomId
    name: str


def letterhead(work: Work) -> Letterhead:
    """Tell the practice's name, address and settings."""
    work.require(Permission.PRACTICE_SEE)
    practice = work.practice
    hours = USUAL_HOURS if practice.hours is None else practice.hours
    return Letterhead(
        practice.name,
        practice.version,
        practice.address,
        {day: [list(span) for span in spans] for day, spans in hours.items()},
        tuple(practice.special_days or ()),
        practice.phone,
        practice.email,
        practice.time_zone,
        practice.tax_id,
        practice.npi,
        practice.settings or {},
        practice.preferences or {},
    )


def change_letterhead(work: Work, changes: Mapping[str, Any], *, version: int) -> dict[str, Any]:
    """Change the practice's name, address, hours or settings, and answer what they were, for an undo."""
    work.require(Permission.PRACTICE_CHANGE)
    practice = work.practice
    same(practice, version)
    before = {name: getattr(practice, name) for name in changes}
    _check_hours(changes)
    fill(practice, changes, LETTERHEAD)
    if not practice.name:
        raise Refusal("name_missing", at="name")
    if practice.npi and not is_npi(practice.npi):
        raise Refusal("wrong_npi", at="npi")
    return before


def prefer(work: Work, preferences: Mapping[str, Any]) -> None:
    """Keep what concerns this laptop's program, such as the minutes before it locks or the paper's size."""
    work.require(Permission.PRACTICE_SEE)
    practice = work.practice
    practice.preferences = {**(practice.preferences or {}), **preferences}


def colleagues(work: Work) -> tuple[Colleague, ...]:
    """List who works here."""
    work.require(Permission.PRACTICE_SEE)
    return tuple(
        Colleague(
            StaffId(person.id),
            person.name,
            person.role,
            person.title,
            _day((person.certificate or {}).get("expires")),
            person.version,
        )
        for person in work.session.scalars(select(Staff).order_by(Staff.name))
    )


def take_on(
    work: Work, *, name: str, role: Role, reason: str, again: StaffId | None = None, **facts: Any
) -> StaffId:
    """Add someone to the staff; their way in is given separately. Somebody put back is who they were."""
    work.require(Permission.STAFF_CHANGE, reason=reason)
    person = Staff(id=again or work.new_id(), name="", role=role)
    _check_hours(facts)
    fill(person, {"name": name, **facts}, STAFF_FACTS)
    if not person.name:
        raise Refusal("name_missing", at="name")
    work.add(person)
    work.note("reason", f"staff/{person.id}", {"reason": reason})
    return StaffId(person.id)


STAFF_FACTS = frozenset(
    {
        "name",
        "role",
        "title",
        "certificate",
        "npi",
        "prenatal_certified",
        "policies",
        "hours",
        "special_days",
        "lymphatic_certified",
        "limits",
        "gender",
        "left_on",
    }
)


def change_colleague(
    work: Work, staff: StaffId, changes: Mapping[str, Any], *, version: int, reason: str
) -> dict[str, Any]:
    """Change a colleague's details, and answer what they were, for an undo."""
    work.require(Permission.STAFF_CHANGE, reason=reason)
    person = work.get(Staff, staff)
    same(person, version)
    before = {name: getattr(person, name) for name in changes}
    _check_hours(changes)
    fill(person, changes, STAFF_FACTS)
    if not person.name:
        raise Refusal("name_missing", at="name")
    if person.npi and not is_npi(person.npi):
        raise Refusal("wrong_npi", at="npi")
    if person.role is not Role.OWNER and not _owners(work, besides=staff):
        raise Refusal("last_owner", at="role")
    work.note("reason", f"staff/{staff}", {"reason": reason})
    return before


def _owners(work: Work, *, besides: str) -> int:
    return (
        work.session.scalar(
            select(func.count()).select_from(Staff).where(Staff.role == Role.OWNER, Staff.id != besides),
        )
        or 0
    )


def treatments(work: Work, *, retired: bool = False) -> tuple[Offer, ...]:
    """List what the practice offers; what is retired stays on old papers and leaves this list."""
    work.require(Permission.PRACTICE_SEE)
    offers = work.session.scalars(select(Treatment).order_by(Treatment.name, Treatment.minutes))
    return tuple(
        Offer(
            TreatmentId(offer.id),
            offer.name,
            offer.technique,
            offer.purpose,
            offer.minutes,
            Money(offer.price_cents),
            offer.active is not False,
            offer.version,
        )
        for offer in offers
        if retired or offer.active is not False
    )


def rooms(work: Work) -> tuple[Place, ...]:
    """List the rooms."""
    work.require(Permission.PRACTICE_SEE)
    return tuple(
        Place(RoomId(room.id), room.name) for room in work.session.scalars(select(Room).order_by(Room.name))
    )


def add_room(work: Work, *, name: str, again: RoomId | None = None) -> RoomId:
    """Add a room; one put back is the one it was."""
    work.require(Permission.PRACTICE_CHANGE)
    cleaned = clean(name, at="name")
    if cleaned is None:
        raise Refusal("name_missing", at="name")
    return RoomId(work.add(Room(id=again or work.new_id(), name=cleaned)).id)


def rename_room(work: Work, room: RoomId, *, name: str) -> str:
    """Call a room something else, and answer what it was called, for an undo."""
    work.require(Permission.PRACTICE_CHANGE)
    record, cleaned = work.get(Room, room), clean(name, at="name")
    if cleaned is None:
        raise Refusal("name_missing", at="name")
    before, record.name = record.name, cleaned
    return before


def _check_hours(changes: Mapping[str, Any]) -> None:
    """Refuse hours that nobody could keep, naming their day."""
    for day, stretches in (changes.get("hours") or {}).items():
        check_stretches(stretches, at=f"hours/{day}")
    for special in changes.get("special_days") or ():
        check_stretches(special["hours"], at=f"special_days/{special['on']}")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
