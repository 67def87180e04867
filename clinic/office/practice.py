"""The practice: its letterhead and settings, its people, its rooms and what it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from clinic.office.door import clean, clean_all
from clinic.records import Practice, Room, Staff, Treatment
from clinic.rules.permissions import Permission
from clinic.values import Money, Purpose, Refusal, Role, RoomId, StaffId, Technique, TreatmentId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.storage.work import Work

LETTERHEAD = frozenset({"name", "address", "hours", "phone", "email", "tax_id", "npi", "settings"})


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The practice as its screens and papers name it."""

    name: str
    version: int
    address: Mapping[str, str] | None
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
    return Letterhead(
        practice.name,
        practice.version,
        practice.address,
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
    _same(practice, version)
    before = {name: getattr(practice, name) for name in changes}
    _fill(practice, changes, LETTERHEAD)
    if not practice.name:
        raise Refusal("name_missing", at="name")
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


def take_on(work: Work, *, name: str, role: Role, **facts: Any) -> StaffId:
    """Add someone to the staff; their way in is given separately."""
    work.require(Permission.STAFF_CHANGE)
    person = Staff(id=work.new_id(), name="", role=role)
    _fill(person, {"name": name, **facts}, STAFF_FACTS)
    if not person.name:
        raise Refusal("name_missing", at="name")
    work.add(person)
    return StaffId(person.id)


STAFF_FACTS = frozenset(
    {"name", "role", "title", "certificate", "npi", "prenatal_certified", "policies", "hours"}
)


def change_colleague(
    work: Work, staff: StaffId, changes: Mapping[str, Any], *, version: int
) -> dict[str, Any]:
    """Change a colleague's details, and answer what they were, for an undo."""
    work.require(Permission.STAFF_CHANGE)
    person = work.get(Staff, staff)
    _same(person, version)
    before = {name: getattr(person, name) for name in changes}
    _fill(person, changes, STAFF_FACTS)
    if person.role is not Role.OWNER and not _owners(work, besides=staff):
        raise Refusal("last_owner", at="role")
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


TREATMENT_FACTS = frozenset(
    {
        "name",
        "technique",
        "purpose",
        "minutes",
        "price_cents",
        "buffer_before",
        "buffer_after",
        "cpt",
        "active",
    },
)


def offer(
    work: Work,
    *,
    name: str,
    technique: Technique,
    purpose: Purpose,
    minutes: int,
    price: Money,
    **facts: Any,
) -> TreatmentId:
    """Add a treatment to the list."""
    work.require(Permission.PRICES_CHANGE)
    treatment = Treatment(
        id=work.new_id(),
        name="",
        technique=technique,
        purpose=purpose,
        minutes=minutes,
        price_cents=price.cents,
    )
    _fill(treatment, {"name": name, **facts}, TREATMENT_FACTS)
    if not treatment.name:
        raise Refusal("name_missing", at="name")
    work.add(treatment)
    return TreatmentId(treatment.id)


def change_treatment(
    work: Work,
    treatment: TreatmentId,
    changes: Mapping[str, Any],
    *,
    version: int,
) -> dict[str, Any]:
    """Change what a treatment is or costs from now on, and answer what it was; issued papers stay."""
    work.require(Permission.PRICES_CHANGE)
    record = work.get(Treatment, treatment)
    _same(record, version)
    before = {name: getattr(record, name) for name in changes}
    _fill(record, changes, TREATMENT_FACTS)
    return before


def rooms(work: Work) -> tuple[Place, ...]:
    """List the rooms."""
    work.require(Permission.PRACTICE_SEE)
    return tuple(
        Place(RoomId(room.id), room.name) for room in work.session.scalars(select(Room).order_by(Room.name))
    )


def add_room(work: Work, *, name: str) -> RoomId:
    """Add a room."""
    work.require(Permission.PRACTICE_CHANGE)
    cleaned = clean(name, at="name")
    if cleaned is None:
        raise Refusal("name_missing", at="name")
    return RoomId(work.add(Room(id=work.new_id(), name=cleaned)).id)


def _same(record: Practice | Staff | Treatment, version: int) -> None:
    if record.version != version:
        raise Refusal("changed_meanwhile", at="version", mine=version, theirs=record.version)


def _fill(record: Practice | Staff | Treatment, changes: Mapping[str, Any], known: frozenset[str]) -> None:
    for name, value in changes.items():
        if name not in known:
            raise Refusal("unknown_field", at=name)
        setattr(record, name, clean_all(value, at=name))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
