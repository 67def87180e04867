"""Upkeep: all that is kept of a colleague, who has a way in, and the recovery key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clinic.records import Staff
from clinic.rules.permissions import Permission
from clinic.storage import keys
from clinic.values import Gender, Refusal, Role, StaffId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class ColleagueFile:
    """All that is kept of somebody who works here."""

    id: StaffId
    version: int
    name: str
    role: Role
    title: str | None
    npi: str | None
    prenatal_certified: bool | None
    certificate: Mapping[str, Any]
    policies: Sequence[Mapping[str, Any]]
    hours: Mapping[str, Any] | None
    """None where the practice's hours are theirs too."""
    special_days: Sequence[Mapping[str, Any]]
    lymphatic_certified: bool | None
    limits: Mapping[str, Any]
    gender: Gender | None
    left_on: date | None
    """The first day on which they no longer work here."""
    signs_in: bool


def colleague(work: Work, staff: StaffId) -> ColleagueFile:
    """Open what is kept of a colleague, to look at or to change."""
    work.require(Permission.PRACTICE_SEE)
    person = work.get(Staff, staff)
    return ColleagueFile(
        staff,
        person.version,
        person.name,
        person.role,
        person.title,
        person.npi,
        person.prenatal_certified,
        person.certificate or {},
        tuple(person.policies or ()),
        person.hours,
        tuple(person.special_days or ()),
        person.lymphatic_certified,
        person.limits or {},
        person.gender,
        person.left_on,
        staff in {each.staff for each in keys.people(work.vault.path)},
    )


def ways_in(work: Work) -> tuple[StaffId, ...]:
    """List who can sign in."""
    work.require(Permission.PRACTICE_SEE)
    return tuple(person.staff for person in keys.people(work.vault.path))


def end_access(work: Work, staff: StaffId, *, reason: str) -> None:
    """Let a colleague's password open nothing any more; nobody ends their own way in."""
    work.require(Permission.STAFF_CHANGE, reason=reason)
    if staff == work.actor.staff:
        raise Refusal("own_access", at="staff")
    work.note("access_ended", f"staff/{staff}", {"reason": reason})
    keys.remove_person(work.vault.path, work.vault.data_key, staff)


def renew_recovery(work: Work, *, reason: str, cost: keys.Cost | None = None) -> str:
    """Make another recovery key, to be printed; the one before it opens nothing any more."""
    work.require(Permission.STAFF_CHANGE, reason=reason)
    work.note("recovery_renewed", "practice/practice", {"reason": reason})
    return keys.new_recovery(
        work.vault.path, work.vault.data_key, keys.calibrated() if cost is None else cost
    )
