"""Letters that run out: whose ends soon, has few visits left, or leaves visits already booked without one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from clinic.office.charts import EXPIRING_DAYS, FEW_VISITS
from clinic.office.needs import NAMED, Item, Why, name_of
from clinic.records import Appointment, Client, Letter
from clinic.rules import annual, counting, necessity
from clinic.rules.permissions import Permission, Reach
from clinic.values import AHEAD, HOLDING, ClientId, LetterId, Purpose
from clinic.workroom import facts, ledgers, sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Result, Row

    from clinic.rules.counting import Policy, Stand, Visit
    from clinic.rules.necessity import Window
    from clinic.storage.work import Work
    from clinic.values import AppointmentId
    from clinic.workroom.ledgers import History

RECENT_DAYS = 60
"""Whose letter runs out matters while they come: with a visit this lately, or one ahead."""


def letters(work: Work) -> tuple[Item, ...]:
    """Name the clients who come and whose letter runs out, or leaves visits already booked without one."""
    work.require(Permission.LETTER_SEE)
    lately = work.today - timedelta(days=RECENT_DAYS)
    policy = facts.policy_of(work.practice.settings)
    people: dict[str, Row[Any]] = {}
    own: dict[str, list[necessity.Letter]] = defaultdict(list)
    for row in _coming_with_letters(work, lately):
        people[row.client] = row
        own[row.client].append(_dated(row))
    since = {
        client: min(window.start for _, window in speaking)
        for client, told in own.items()
        if (speaking := _speaking(told, policy, lately))
    }
    near = _worth_counting(work, {client: own[client] for client in since}, since, policy)
    if not near:
        return ()
    therapists = {therapist.name for therapist in facts.therapists_of(work).values()}
    first = min(since[client] for client in near)
    items = []
    for client, history in ledgers.histories(work, near, since=first):
        counted = _counted(history, therapists, policy, lately)
        found = counted and (_gap(work, counted) or _running_out(work, counted))
        if found:
            items.append(Item(name=name_of(people[client]), client=client, **found))
    return tuple(items)


DATED = (
    *(Letter.id, Letter.kind, Letter.signed_on, Letter.starts_on, Letter.ends_on, Letter.revoked_on),
    *(Letter.max_visits, Letter.used_before),
)


def _coming_with_letters(work: Work, lately: date) -> Result[Any]:
    """Name those who come, lately or ahead, with each letter of theirs that may speak."""
    comes = exists().where(
        Appointment.client == Client.id,
        Appointment.at >= datetime.combine(lately, time()),
        Appointment.state.in_(HOLDING),
    )
    # No letter speaks for more than a year: what is older than that ended before it matters.
    begun = func.max(Letter.signed_on, func.coalesce(Letter.starts_on, Letter.signed_on))
    question = (
        select(*NAMED, *DATED)
        .join(Letter, Letter.client == Client.id)
        .where(
            Letter.kind.in_(necessity.SUPPORTING),
            begun >= lately - timedelta(days=366),
            func.coalesce(Letter.ends_on, work.today) >= lately,
            Client.archived_on.is_(None),
            comes,
        )
    )
    if work.reach(Permission.CALENDAR_SEE) is not Reach.ALL:
        question = question.where(work.own_clients())
    return work.run(question)


def _dated(row: Row[Any]) -> necessity.Letter:
    """Make of a letter's row what its days and its number are told by."""
    return necessity.Letter(
        id=LetterId(row.id),
        client=ClientId(row.client),
        kind=row.kind,
        signed_on=row.signed_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        max_visits=row.max_visits,
        used_before=row.used_before or 0,
        revoked_on=row.revoked_on,
    )


def _speaking(
    letters: Collection[necessity.Letter], policy: Policy, lately: date
) -> tuple[tuple[necessity.Letter, Window], ...]:
    """Keep the letters that speak, or did lately, with their days."""
    windows = ((each, necessity.window(each, policy.lmn_retro_days)) for each in annual.supporting(letters))
    return tuple((each, window) for each, window in windows if window is not None and window.end >= lately)


def _worth_counting(
    work: Work,
    letters: Mapping[str, Collection[necessity.Letter]],
    since: Mapping[str, date],
    policy: Policy,
) -> list[str]:
    """Leave out those whose letters are far from their end and their number, by no more than a rough count."""
    if not letters:
        return []
    begin = datetime.combine(min(since.values()), time())
    question = (
        select(Appointment.client, func.max(Appointment.at).label("last"), func.count().label("visits"))
        .where(Appointment.client.in_(letters), Appointment.at >= begin)
        .group_by(Appointment.client)
    )
    soon = work.today + timedelta(days=EXPIRING_DAYS)
    near = []
    for row in work.run(question):
        speaking = _speaking(letters[row.client], policy, work.today - timedelta(days=RECENT_DAYS))
        ends = min(window.end for _, window in speaking)
        most = min(
            (each.max_visits - each.used_before for each, _ in speaking if each.max_visits is not None),
            default=None,
        )
        few = most is not None and row.visits >= most - FEW_VISITS
        if ends <= soon or row.last.date() > ends or few:
            near.append(row.client)
    return sorted(near)


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
    own = tuple(letter for letter in history.letters if letter.client == patient.id)
    letters = _speaking(own, policy, lately)
    if not letters:
        return None
    since = min(window.start for _, window in letters)
    visits = tuple(visit for visit in history.visits if visit.day >= since)
    bearing = counting.bearing(annual.supporting(history.letters), visits, since, policy)
    stands = counting.stand(visits, bearing, patient, therapists, policy, as_booked=True)
    return _Counted(letters, visits, stands, policy)


def _gap(work: Work, counted: _Counted) -> dict[str, Any] | None:
    """Find the visits ahead that the letter of the last ones will not reach: past its end, or past its number."""
    ahead = sorted((v for v in counted.visits if v.state in AHEAD and v.at >= work.wall), key=lambda v: v.at)
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
                "letter": sheets.called(letter),
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
    told = {"on": end, "letter": sheets.called(letter), "used": usage.used, "visits": letter.max_visits}
    if (end - work.today).days <= EXPIRING_DAYS:
        return {"why": Why.LETTER_ENDS, **told}
    if usage.left is not None and usage.left <= FEW_VISITS:
        return {"why": Why.FEW_VISITS, "count": usage.left, **told}
    return None
