"""Signing in: a practice file is made, opened and locked, and people are given their own way in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic.office import code_releases
from clinic.office.desk import Desk, now
from clinic.office.door import clean
from clinic.records import Practice, Staff
from clinic.rules.permissions import Permission, Reach, reach
from clinic.storage import keys, passwords
from clinic.storage.opening import create_vault, open_vault
from clinic.storage.work import Actor, Work
from clinic.values import Refusal, Role, StaffId, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from clinic.storage.vault import Vault

OWNER = StaffId("owner")


@dataclass(frozen=True, slots=True)
class NewPractice:
    """What must be known of a practice before its file can be made."""

    name: str
    owner: str
    password: str
    time_zone: str
    phone: str = ""


def people(path: Path) -> tuple[str, ...]:
    """Names of those who can sign in; no password is needed to see them."""
    return tuple(person.name for person in keys.people(path))


def create(
    path: Path,
    new: NewPractice,
    *,
    cost: keys.Cost | None = None,
    clock: Callable[[], datetime] = now,
) -> tuple[Desk, str]:
    """Make the file of a practice with its owner, and return the desk and the recovery key to print once."""
    name, owner = clean(new.name, at="name"), clean(new.owner, at="owner")
    if name is None or owner is None:
        raise Refusal("name_missing", at="name" if name is None else "owner")
    passwords.check(new.password, about=(name, owner))
    data_key = keys.new_data_key()
    moment = clock()
    actor = Actor(OWNER, Role.OWNER, moment)

    def furnish(vault: Vault) -> None:
        with Work(vault, actor, moment) as work:
            work.add(
                Practice(
                    name=name,
                    time_zone=new.time_zone,
                    phone=clean(new.phone, at="phone"),
                    verification_key=secrets.token_bytes(32),
                ),
            )
            work.add(Staff(id=OWNER, name=owner, role=Role.OWNER))

    cost = keys.calibrated() if cost is None else cost
    recovery_key = keys.create(path, data_key, staff=OWNER, name=owner, password=new.password, cost=cost)
    return Desk(create_vault(path, data_key, furnish), actor, clock), recovery_key


def sign_in(
    path: Path,
    name: str | None,
    password: str,
    *,
    patient: bool = False,
    clock: Callable[[], datetime] = now,
) -> Desk:
    """Open the practice for the person whose password this is."""
    unlocked = keys.unlock(path, name, password, patient=patient)
    return _desk(path, unlocked.data_key, unlocked.person.staff, clock)


def sign_in_with_recovery(
    path: Path,
    recovery_key: str,
    new_password: str,
    *,
    cost: keys.Cost | None = None,
    clock: Callable[[], datetime] = now,
) -> Desk:
    """Open the practice with the printed recovery key, and give the owner a new password."""
    passwords.check(new_password)
    data_key = keys.unlock_recovery(path, recovery_key)
    desk = _desk(path, data_key, OWNER, clock)

    def replace(work: Work) -> None:
        owner = work.get(Staff, OWNER)
        person = keys.Person(OWNER, owner.name)
        keys.set_password(
            path,
            data_key,
            person=person,
            password=new_password,
            cost=keys.calibrated() if cost is None else cost,
        )
        work.note("recovered", "staff/owner")

    desk.writing(replace)
    return desk


def check_password(password: str) -> None:
    """Refuse a password that is too easy to guess, before anything is done in its name."""
    passwords.check(password)


def _desk(path: Path, data_key: bytes, staff: str, clock: Callable[[], datetime]) -> Desk:
    vault = open_vault(path, data_key)
    moment = clock()
    with Work(vault, Actor(StaffId(staff), Role.BOOKKEEPER), moment, reading=True) as work:
        person = work.session.get(Staff, staff)
        role = person.role if person else None
    if role is None:
        vault.close()
        raise Trouble("unknown_person")
    desk = Desk(vault, Actor(StaffId(staff), role, moment), clock)
    code_releases.put_to_use(desk)
    desk.reading(lambda work: work.note("signed_in", f"staff/{staff}"))
    return desk


def allowed(desk: Desk) -> frozenset[str]:
    """Name what the person at the desk has any leave for, so that nothing else is offered."""
    role = desk.actor.role
    return frozenset(each.value for each in Permission if reach(role, each) is not Reach.NONE)


def confirm(desk: Desk, password: str) -> None:
    """Let the person at the desk give their password again: money is paid back on no unattended screen."""
    staff, path = desk.actor.staff, desk.vault.path
    name = next((person.name for person in keys.people(path) if person.staff == staff), None)
    if name is None or keys.unlock(path, name, password).person.staff != staff:
        raise Trouble("wrong_password")
    desk.confirm()


def change_password(work: Work, *, old: str, new: str) -> None:
    """Let somebody change their own password; the old one must be known."""
    work.require(Permission.OWN_KEY)
    person = work.get(Staff, work.actor.staff)
    passwords.check(new, about=(person.name,))
    keys.change_password(work.vault.path, person.name, old, new)
    work.note("password_changed", f"staff/{person.id}")


def give_access(
    work: Work, staff: StaffId, *, password: str, reason: str, cost: keys.Cost | None = None
) -> None:
    """Give a colleague a way in, or a new password when the old one is forgotten."""
    work.require(Permission.STAFF_CHANGE, reason=reason)
    person = work.get(Staff, staff)
    passwords.check(password, about=(person.name,))
    keys.set_password(
        work.vault.path,
        work.vault.data_key,
        person=keys.Person(staff, person.name),
        password=password,
        cost=keys.calibrated() if cost is None else cost,
    )
    work.note("access_given", f"staff/{staff}", {"reason": reason})


def machine_zone() -> str:
    """Name the zone of this machine, as a new practice's clocks will run."""
    from babel.dates import get_timezone_name  # noqa: PLC0415 - only a new practice needs it

    return str(get_timezone_name(None, return_zone=True))


def suggested_password() -> str:
    """Make up a password that is easy to keep in mind and hard to guess."""
    return passwords.six_words()
