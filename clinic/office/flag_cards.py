"""Flag cards: what the rules say of a visit in the making or one that is booked, ready to be shown and acted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.exchange.catalogue import rule_book
from clinic.exchange.shape import schema
from clinic.office import wishes
from clinic.records import Appointment, Client, Staff, Treatment
from clinic.rules import calendar
from clinic.rules.contraindications import (
    Language,
    Moment,
    Override,
    OverrideReason,
    Severity,
    asks_client,
    desk_needs,
    left_of,
    may_override,
    needs_password,
)
from clinic.rules.contraindications.asked import told_at
from clinic.rules.openings import open_on
from clinic.rules.permissions import Permission, Reach
from clinic.values import TREATING, ClientId, Role, RoomId, StaffId, TreatmentId
from clinic.workroom import deciding, judging, looking, openings, slots

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from clinic.rules.contraindications import Finding
    from clinic.rules.contraindications.visit import Visit
    from clinic.storage.work import Work
    from clinic.values import AppointmentId
    from clinic.workroom.judging import Judged

__all__ = ["Card", "Override", "OverrideReason", "Seen", "of_booked", "of_wish"]

ANSWER, BORN = "ANSWER_", "Date of birth"
TRIED_DAYS = 42
"""How many days are looked at for the first one on which a visit could be."""


@dataclass(frozen=True, slots=True)
class Card:
    """One flag as its reader may see it; the desk is told what to do and never the condition."""

    rule: str
    severity: str
    reason: str
    """What it is, in a few words, with the measure where there is one."""
    text: str
    """What to do about it."""
    clears: str
    source: str
    told_at: datetime | None
    """When the answer behind it was given."""
    cleared: bool
    """Whether a clinician's word has lowered it."""
    may_override: bool
    needs_password: bool
    asks: bool = False
    """Whether it is the client's own answer that is missing, and no clinician's word."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The rules' answer about one visit, for one reader."""

    outcome: str
    left: str
    """What is left of it apart from what was gone against before."""
    cards: tuple[Card, ...]
    whole: bool
    """Whether the reader is told the conditions."""
    asks_clinician: bool
    wants_answers: bool
    """Whether it is only the health questions that hold the visit."""
    wants_quick_check: bool
    technique: str
    technique_change: bool
    techniques: tuple[str, ...]
    pressure_cap: str | None
    avoided: tuple[str, ...]
    """Areas left out because of this client; those that are left out for everybody are not named again."""
    positions: tuple[str, ...]
    minutes_cap: int | None
    products: tuple[str, ...]
    needs: tuple[str, ...]
    unanswered: tuple[str, ...]
    """The questions that are still open, by their headings."""
    referral: str
    first: datetime | None
    """The first free time at that hour that the rules allow; asked for only where this one is refused."""
    instead: tuple[tuple[StaffId, str], ...]
    """Who could give the visit where it is the therapist's training that speaks against it."""
    emergency_contact: str
    """Whom to call, told where there is an emergency."""
    ruleset: str

    @property
    def may_override(self) -> bool:
        """Whether the reader may go against all that stops the visit."""
        stops = [card for card in self.cards if card.severity >= "S3"]
        return bool(stops) and all(card.may_override for card in stops)


def of_wish(
    work: Work,
    *,
    treatment: TreatmentId,
    staff: StaffId,
    at: datetime,
    client: ClientId | None = None,
    minutes: int | None = None,
    room: RoomId | None = None,
    sites: Collection[str] = (),
    products: Sequence[str] = (),
    visit: AppointmentId | None = None,
) -> Seen:
    """Say what the rules make of a visit that is being put together; somebody new was never asked anything.

    Of a visit that is booked already and only changed, what somebody went against before does not stand again.
    """
    work.require(Permission.FLAGS_SEE)
    areas, goods = wishes.areas(sites), wishes.goods(products)
    found = judging.of_one(
        work,
        client or "",
        at=at,
        treatment=work.get(Treatment, treatment),
        staff=work.get(Staff, staff),
        minutes=minutes,
        sites=areas,
        products=goods,
    )
    against = deciding.gone_against(work, [visit]).get(visit, {}) if visit else {}
    left, first = left_of(found.outcome, deciding.still_against(found.outcome, against)), None
    if left is Severity.S4 and client is not None:
        wish = slots.wanted(
            work,
            client=client,
            treatment=treatment,
            staff=staff,
            at=at,
            room=room,
            minutes=minutes,
            sites=areas,
            products=goods,
        )
        first = _first(work, wish, found, visit)
    return _seen(work, client, found, left, first)


def of_booked(work: Work, appointment: AppointmentId, *, moment: str = Moment.BOOKING.value) -> Seen:
    """Say what the rules make of a visit that is booked, ahead or with the client at the door."""
    work.require(Permission.FLAGS_SEE)
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_SEE, staff=record.staff)
    asked = Moment(moment)
    now = asked is Moment.CHECK_IN and record.at.date() == work.today
    found = judging.of_one(
        work,
        record.client,
        at=max(record.at, work.wall) if now else record.at,
        treatment=work.get(Treatment, record.treatment),
        staff=work.get(Staff, record.staff),
        minutes=record.minutes,
        sites=record.sites or (),
        products=record.products or (),
        moment=asked,
    )
    against = deciding.gone_against(work, [record.id]).get(record.id, {})
    left = left_of(found.outcome, deciding.still_against(found.outcome, against))
    first = _first(work, record, found, appointment) if left is Severity.S4 else None
    return _seen(work, record.client, found, left, first)


def of_client(work: Work, client: ClientId) -> Seen:
    """Say what the rules make of a client's next visit, or of a plain one now where none is booked."""
    work.require(Permission.FLAGS_SEE)
    found = judging.of_next(work, client)
    return _seen(work, client, found, left_of(found.outcome, ()), None)


def _first(work: Work, wish: Appointment, found: Judged, visit: AppointmentId | None) -> datetime | None:
    """Look for the first day on which the same hour is free and the rules say no more than *ask first*."""
    therapist, offered = work.get(Staff, wish.staff), work.get(Treatment, wish.treatment)
    file = judging.on_file(work, [wish.client], since=wish.at.date())[wish.client]
    book, earliest = judging.book_of(work), found.outcome.earliest_ok
    house, hours = openings.house_hours(work), openings.hours_of(therapist)
    for day in range(1, TRIED_DAYS):
        at = wish.at + timedelta(days=day)
        if earliest is not None and at.date() < _day(earliest):
            continue
        span = calendar.wall_span(at, wish.minutes)
        opened = any(o.start <= span.start and span.end <= o.end for o in open_on(at.date(), house, hours))
        if not opened or not calendar.exists(at, work.zone):
            continue
        judged = judging.judged(
            work,
            file,
            book,
            at=at,
            treatment=offered,
            staff=therapist,
            minutes=wish.minutes,
            sites=wish.sites or (),
            products=wish.products or (),
        )
        if judged.outcome.severity >= Severity.S4:
            continue
        elsewhere = slots.wanted(
            work,
            client=ClientId(wish.client),
            treatment=TreatmentId(wish.treatment),
            staff=StaffId(wish.staff),
            at=at,
            room=RoomId(wish.room) if wish.room else None,
            minutes=wish.minutes,
        )
        elsewhere.id = visit or elsewhere.id
        if slots.clash(work, elsewhere) is None and openings.blocked(work, elsewhere) is None:
            return at
    return None


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def _seen(work: Work, client: str | None, found: Judged, left: Severity, first: datetime | None) -> Seen:
    outcome = found.outcome
    whole = client is None or work.reach_to(Permission.FLAGS_SEE, client) is not Reach.LIMITED
    if work.actor.role is Role.FRONT_DESK:
        whole = False
    if whole and client is not None:
        looking.note(work, client)
    visit = found.visit
    holding = [finding for finding in outcome.findings if finding.severity is Severity.S3]
    left_out = frozenset[str]().union(*(finding.sites for finding in outcome.findings))
    return Seen(
        outcome=outcome.severity.name,
        left=left.name,
        cards=tuple(_card(work, finding, visit, whole=whole) for finding in outcome.findings),
        whole=whole,
        asks_clinician=any("CLEARANCE" in finding.needs for finding in holding),
        wants_answers=asks_client(finding.rule for finding in holding),
        wants_quick_check="QUICK_CHECK" in outcome.needs,
        technique=found.case.request.technique.value,
        technique_change=outcome.technique_change_required,
        techniques=tuple(each.value for each in outcome.techniques_allowed),
        pressure_cap=outcome.pressure_cap.name if whole and outcome.pressure_cap is not None else None,
        avoided=tuple(sorted(left_out)) if whole else (),
        positions=outcome.positions,
        minutes_cap=outcome.minutes_cap,
        products=outcome.products_blocked if whole else (),
        needs=_needs(outcome.needs, whole=whole),
        unanswered=_unanswered(outcome.needs) if whole else (),
        referral=outcome.referral.name,
        first=first,
        instead=_instead(work, outcome.findings),
        emergency_contact=_contact(work, client) if outcome.severity is Severity.S5 else "",
        ruleset=outcome.ruleset,
    )


def _contact(work: Work, client: str | None) -> str:
    person = work.get(Client, client).emergency if client else None
    parts = ((person or {}).get(key) for key in ("name", "relation", "phone"))
    return ", ".join(str(part) for part in parts if part)


def _needs(needs: tuple[str, ...], *, whole: bool) -> tuple[str, ...]:
    """Name what has to be there first; a question still open is named by its heading instead."""
    shown = tuple(need for need in needs if not need.startswith(ANSWER))
    return shown if whole else desk_needs(shown)


def _unanswered(needs: tuple[str, ...]) -> tuple[str, ...]:
    forms = schema("answers-1.json")["$defs"]
    asked = (need.removeprefix(ANSWER) for need in needs if need.startswith(ANSWER))
    return tuple(str(forms.get(one, {}).get("title", BORN if one == "A02" else one)) for one in asked)


def _card(work: Work, finding: Finding, visit: Visit, *, whole: bool) -> Card:
    texts = finding.texts(Language.ENGLISH)
    if not whole:
        return Card(
            rule="",
            severity=finding.severity.name,
            reason="",
            text=texts.desk,
            clears="",
            source="",
            told_at=None,
            cleared=finding.cleared,
            may_override=False,
            needs_password=False,
            asks=asks_client([finding.rule]),
        )
    book = rule_book()
    rule = book.rules.get(finding.rule)
    return Card(
        rule=finding.rule,
        severity=finding.severity.name,
        reason=_reason(finding, visit) if rule else "",
        text=texts.therapist,
        clears=rule.clears if rule else "",
        source="; ".join(book.sources[key] for key in finding.source if key in book.sources),
        told_at=_told_at(finding, visit),
        cleared=finding.cleared,
        may_override=may_override(finding, work.actor.role),
        needs_password=needs_password(finding),
        asks=asks_client([finding.rule]),
    )


def _reason(finding: Finding, visit: Visit) -> str:
    rule = rule_book().rules[finding.rule]
    read = visit.pressure
    if read is not None and rule.family == "pressure":
        return f"{rule.condition}, {read.systolic:.0f}/{read.diastolic:.0f}"
    return rule.condition


def _told_at(finding: Finding, visit: Visit) -> datetime | None:
    rule = rule_book().rules.get(finding.rule)
    if rule is not None and rule.family == "pressure" and visit.pressure is not None:
        return visit.pressure.at
    return told_at(finding.rule, visit.answers)


def _instead(work: Work, findings: Collection[Finding]) -> tuple[tuple[StaffId, str], ...]:
    """Name colleagues trained for the work, where only the therapist's training speaks against it."""
    if not any(finding.rule == "PRG-09" for finding in findings):
        return ()
    trained = select(Staff).where(Staff.prenatal_certified.is_(True), Staff.role.in_(TREATING))
    return tuple((StaffId(one.id), one.name) for one in work.session.scalars(trained.order_by(Staff.name)))
