"""What needs attention: things that will not mend themselves, each with why it is here and whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from clinic.office.charts import EXPIRING_DAYS, FEW_VISITS
from clinic.records import Allocation, Appointment, Client, Invoice, Letter, Line, Note, Staff
from clinic.rules import annual, counting, necessity
from clinic.rules.permissions import Permission, Reach
from clinic.storage import backup
from clinic.values import NOTHING, AppointmentId, ClientId, LineKind, Money, Purpose, Role, StaffId, State
from clinic.workroom import facts, ledgers, sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from clinic.rules.counting import Policy, Stand, Visit
    from clinic.rules.necessity import Window
    from clinic.storage.work import Work
    from clinic.workroom.ledgers import History

CREDENTIAL_DAYS = 60
UNCHARGED_DAYS = 30
"""A visit that was never charged is asked about for a month; later it was meant so."""
RECENT_DAYS = 60
"""Whose letter runs out matters while they come: with a visit this lately, or one ahead."""
BACKUP_DAYS = 7
CARE = (LineKind.TREATMENT, LineKind.BUNDLE_USE, LineKind.FEE)


class Why(StrEnum):
    """Why something stands in the list; in the order of the list."""

    BACKUP_OVERDUE = "backup_overdue"
    AFTER_LETTER = "after_letter"
    BEYOND_LETTER = "beyond_letter"
    LETTER_ENDS = "letter_ends"
    FEW_VISITS = "few_visits"
    UNPAID = "unpaid"
    UNCHARGED = "uncharged"
    UNSIGNED = "unsigned"
    CERTIFICATE_ENDS = "certificate_ends"
    POLICY_ENDS = "policy_ends"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to see to, with the facts that say why."""

    why: Why
    name: str = ""
    staff: StaffId | None = None
    """Whose credential it is, for those who may renew it."""
    client: ClientId | None = None
    appointment: AppointmentId | None = None
    amount: Money = NOTHING
    on: date | None = None
    """The day it is about: of the visit, of the end, of the last backup."""
    first: date | None = None
    """The first of the visits ahead that it concerns."""
    count: int = 1
    letter: str = ""
    used: int = 0
    visits: int | None = None


def items(work: Work) -> tuple[Item, ...]:
    """List what needs attention, as far as this person may see it; it takes the same few questions at any size."""
    granted = work.require(Permission.CALENDAR_SEE)
    found = [
        *_backup(work),
        *_letters(work, granted),
        *_unpaid(work, granted),
        *_uncharged(work, granted),
        *_unsigned(work),
        *_credentials(work, granted),
    ]
    order = {why: at for at, why in enumerate(Why)}
    return tuple(sorted(found, key=lambda item: order[item.why]))


def _name(row: Client) -> str:
    return row.preferred_name or row.name


def _backup(work: Work) -> Iterator[Item]:
    """Tell of a backup that is a week old, or of none; backups are files, the practice is not asked."""
    if work.reach(Permission.BACKUP) is Reach.NONE:
        return
    newest = backup.last(work.vault)
    if newest is None or work.now - newest.taken_at > timedelta(days=BACKUP_DAYS):
        yield Item(
            Why.BACKUP_OVERDUE,
            on=newest.taken_at.astimezone(work.zone).date() if newest else None,
        )


def _unpaid(work: Work, granted: Reach) -> Iterator[Item]:
    """Name the visits that were charged and are not paid in full, whenever they were."""
    if work.reach(Permission.MONEY_SEE) is Reach.NONE:
        return
    settled = select(func.coalesce(func.sum(Allocation.amount_cents), 0)).where(Allocation.line == Line.id)
    asked = Line.price_cents - func.coalesce(Line.discount_cents, 0) + func.coalesce(Line.tax_cents, 0)
    owed = func.sum(asked - settled.correlate(Line).scalar_subquery())
    question = (
        select(Client, Appointment.id, Appointment.at, owed.label("owed"))
        .join(Appointment, Appointment.client == Client.id)
        .join(Line, Line.appointment == Appointment.id)
        .join(Invoice, Invoice.id == Line.invoice)
        .where(Invoice.void_on.is_(None), Line.kind != LineKind.BUNDLE_USE)
        .group_by(Appointment.id)
        .having(owed > 0)
        .order_by(Appointment.at.desc())
    )
    if granted is Reach.OWN:
        question = question.where(Appointment.staff == work.actor.staff)
    for row in work.run(question):
        yield Item(
            Why.UNPAID,
            _name(row.Client),
            client=ClientId(row.Client.id),
            appointment=AppointmentId(row.id),
            amount=Money(row.owed),
            on=row.at.date(),
        )


def _uncharged(work: Work, granted: Reach) -> Iterator[Item]:
    """Name the visits of the last month that took place and were never charged."""
    if work.reach(Permission.MONEY_SEE) is Reach.NONE:
        return
    charged = (
        exists()
        .where(Line.appointment == Appointment.id, Line.kind.in_(CARE))
        .where(Invoice.id == Line.invoice, Invoice.void_on.is_(None))
    )
    question = (
        select(Client, Appointment.id, Appointment.at)
        .join(Appointment, Appointment.client == Client.id)
        .where(
            Appointment.state == State.DONE,
            Appointment.at >= work.wall - timedelta(days=UNCHARGED_DAYS),
            ~charged,
        )
        .order_by(Appointment.at.desc())
    )
    if granted is Reach.OWN:
        question = question.where(Appointment.staff == work.actor.staff)
    for row in work.run(question):
        yield Item(
            Why.UNCHARGED,
            _name(row.Client),
            client=ClientId(row.Client.id),
            appointment=AppointmentId(row.id),
            on=row.at.date(),
        )


def _unsigned(work: Work) -> Iterator[Item]:
    """Name the visits whose note is still open, to those who write notes."""
    granted = work.reach(Permission.NOTE_WRITE)
    if granted is Reach.NONE:
        return
    question = (
        select(Client, Appointment.id, Appointment.at)
        .join(Appointment, Appointment.client == Client.id)
        .join(Note, Note.appointment == Appointment.id)
        .where(Note.signed_at.is_(None), Appointment.state == State.DONE)
        .order_by(Appointment.at.desc())
    )
    if granted is Reach.OWN:
        question = question.where(Note.written_by == work.actor.staff)
    for row in work.run(question):
        yield Item(
            Why.UNSIGNED,
            _name(row.Client),
            client=ClientId(row.Client.id),
            appointment=AppointmentId(row.id),
            on=row.at.date(),
        )


def _letters(work: Work, granted: Reach) -> Iterator[Item]:
    """Name the clients who come and whose letter runs out, or leaves visits already booked without one."""
    if work.reach(Permission.LETTER_SEE) is Reach.NONE:
        return
    lately = work.today - timedelta(days=RECENT_DAYS)
    comes = exists().where(
        Appointment.client == Client.id,
        Appointment.at >= datetime.combine(lately, time()),
        Appointment.state.in_(counting.AHEAD | {State.DONE}),
    )
    # No letter speaks for more than a year: what is older than that ended before it matters.
    begun = func.max(Letter.signed_on, func.coalesce(Letter.starts_on, Letter.signed_on))
    speaks = exists().where(
        Letter.client == Client.id,
        Letter.kind.in_(necessity.SUPPORTING),
        begun >= lately - timedelta(days=366),
        func.coalesce(Letter.ends_on, work.today) >= lately,
    )
    question = select(Client).where(Client.archived_on.is_(None), comes, speaks)
    if granted is Reach.OWN:
        question = question.where(work.own_clients())
    people = {person.id: person for person in work.session.scalars(question)}
    therapists = {therapist.name for therapist in facts.therapists_of(work).values()}
    policy = facts.policy_of(work.practice.settings)
    for client, history in ledgers.histories(work, sorted(people)) if people else ():
        counted = _counted(history, therapists, policy, lately)
        found = counted and (_gap(work, counted) or _running_out(work, counted))
        if found:
            yield Item(name=_name(people[client]), client=client, **found)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A client's letters that speak, or did lately, with the visits they are counted by."""

    letters: tuple[tuple[necessity.Letter, Window], ...]
    visits: tuple[Visit, ...]
    stands: Mapping[AppointmentId, Stand]
    policy: Policy


def _counted(history: History, therapists: Collection[str], policy: Policy, lately: date) -> _Counted | None:
    """Count the visits of those letters; what was before they began is left out, for it does not concern them."""
    patient = history.person.patient
    windows = (
        (each, necessity.window(each, policy.lmn_retro_days)) for each in annual.supporting(history.letters)
    )
    letters = tuple(
        (letter, window)
        for letter, window in windows
        if window is not None and window.end >= lately and letter.client == patient.id
    )
    if not letters:
        return None
    since = min(window.start for _, window in letters)
    visits = tuple(visit for visit in history.visits if visit.day >= since)
    supporting = annual.supporting(history.letters)
    stands = counting.stand(visits, supporting, patient, therapists, policy, as_booked=True)
    return _Counted(letters, visits, stands, policy)


def _gap(work: Work, counted: _Counted) -> dict[str, Any] | None:
    """Find the visits ahead that the letter of the last ones will not reach: past its end, or past its number."""
    ahead = sorted(
        (v for v in counted.visits if v.state in counting.AHEAD and v.at >= work.wall), key=lambda v: v.at
    )
    windows = {letter.id: window for letter, window in counted.letters}
    for why, code in ((Why.AFTER_LETTER, "E-LMN-EXPIRED"), (Why.BEYOND_LETTER, "E-COUNT")):
        stands = counted.stands
        bare = [v for v in ahead if code in stands[v.id].bars and v.purpose is not Purpose.RELAXATION]
        letter = stands[bare[0].id].letter if bare else None
        if letter is not None and letter.id in windows:
            return {
                "why": why,
                "on": windows[letter.id].end,
                "first": bare[0].day,
                "count": len(bare),
                "letter": sheets.reference(letter),
                "visits": letter.max_visits,
            }
    return None


def _running_out(work: Work, counted: _Counted) -> dict[str, Any] | None:
    """Find the letter that ends soon or has few visits left, where no other is there to take its place."""
    standing = []
    for letter, window in counted.letters:
        lacks = necessity.missing(letter, strict_duration=counted.policy.strict_duration)
        usage = counting.usage(letter, counted.visits, counted.stands)
        if window.end >= work.today and not lacks and usage.left != 0:
            standing.append((window.end, letter, usage))
    if not standing:
        return None
    end, letter, usage = max(standing, key=lambda each: (each[0], each[1].id))
    told = {"on": end, "letter": sheets.reference(letter), "used": usage.used, "visits": letter.max_visits}
    if (end - work.today).days <= EXPIRING_DAYS:
        return {"why": Why.LETTER_ENDS, **told}
    if usage.left is not None and usage.left <= FEW_VISITS:
        return {"why": Why.FEW_VISITS, "count": usage.left, **told}
    return None


def _credentials(work: Work, granted: Reach) -> Iterator[Item]:
    """Name the certificates and policies that end within two months, or have ended; a therapist sees their own."""
    until = work.today + timedelta(days=CREDENTIAL_DAYS)
    renews = work.reach(Permission.PRACTICE_CHANGE) is not Reach.NONE
    for person in work.session.scalars(select(Staff).order_by(Staff.name)):
        if person.role not in {Role.OWNER, Role.THERAPIST}:
            continue
        if granted is Reach.OWN and person.id != work.actor.staff:
            continue
        staff = StaffId(person.id) if renews else None
        ends = (person.certificate or {}).get("expires")
        if ends and date.fromisoformat(ends) <= until:
            yield Item(Why.CERTIFICATE_ENDS, person.name, staff, on=date.fromisoformat(ends))
        last = max((policy["expires"] for policy in person.policies or ()), default=None)
        if last and date.fromisoformat(last) <= until:
            yield Item(Why.POLICY_ENDS, person.name, staff, on=date.fromisoformat(last))
