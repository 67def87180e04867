"""Clearances: a clinician asked for a word, the answer received, verified by phone, and how each request stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.documents import clearance_request
from clinic.documents.clearance_request import ClearanceSheet, Question
from clinic.documents.request_sheet import Addressee
from clinic.documents.sheets import Practitioner
from clinic.exchange.catalogue import rule_book
from clinic.office.door import clean
from clinic.records import Appointment, ClearanceRequest, Client, Letter, Treatment
from clinic.rules.contraindications.asked import told_at
from clinic.rules.contraindications.visit import prepare
from clinic.rules.lettering import Closed
from clinic.rules.permissions import Permission, Reach
from clinic.values import COMING, ClientId, LetterId, Refusal, Technique
from clinic.wording import body
from clinic.workroom import clearing, facts, judging, sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clinic.storage.work import Work

__all__ = ["Before", "Closed", "Page", "Row", "Stage"]

ADDRESSEE = ("name", "credential", "practice", "phone", "fax")


class Stage(StrEnum):
    """How far a request is, and with that what comes next."""

    TO_ASK = "to_ask"
    ASKED = "asked"
    RECEIVED = "received"
    VERIFIED = "verified"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Row:
    """A request as a list shows it; the desk sees how far it is, and not what it is about."""

    id: str
    client: ClientId
    stage: Stage
    conditions: tuple[str, ...]
    rules: tuple[str, ...]
    opened_on: date
    asked_on: date | None
    clinician: Mapping[str, str]
    letter: LetterId | None
    valid_to: date | None
    verified_by: str
    verified_on: date | None
    closed_for: str
    next_visit: date | None
    version: int

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.stage not in {Stage.VERIFIED, Stage.CLOSED}


@dataclass(frozen=True, slots=True)
class Page:
    """A client's requests, the open ones first, and what one may do about them."""

    client: ClientId
    name: str
    rows: tuple[Row, ...]
    may_change: bool
    provider: Mapping[str, str]
    """The primary-care provider that the client named, to start a request from."""
    today: date


@dataclass(frozen=True, slots=True)
class Before:
    """What a request and its letter were before a step, for an undo."""

    request: str
    clinician: Mapping[str, Any] | None
    asked_on: date | None
    letter: str | None
    closed_on: date | None
    closed_for: str | None
    verified: Mapping[str, Any] | None = None


def of_client(work: Work, client: ClientId) -> Page:
    """List the clearances that were asked for of a client, with how far each is."""
    granted = work.require(Permission.LETTER_SEE, client=client)
    whole = granted is not Reach.LIMITED
    asked = select(ClearanceRequest).where(ClearanceRequest.client == client)
    records = work.session.scalars(asked.order_by(ClearanceRequest.opened_on.desc(), ClearanceRequest.id))
    ahead = _next_visit(work, client)
    rows = [_row(work, record, ahead, whole=whole) for record in records]
    return Page(
        client,
        work.get(Client, client).name,
        tuple(sorted(rows, key=lambda row: not row.open)),
        work.reach(Permission.LETTER_CHANGE) is not Reach.NONE,
        _provider(work, client) if whole else {},
        work.today,
    )


def _row(work: Work, record: ClearanceRequest, ahead: date | None, *, whole: bool) -> Row:
    letter = work.get(Letter, record.letter) if record.letter else None
    verified = (letter.verified or {}) if letter else {}
    book = rule_book()
    conditions = tuple(book.rules[rule].condition for rule in record.rules if rule in book.rules)
    clinician = {key: str(value) for key, value in (record.clinician or {}).items() if value}
    return Row(
        id=record.id,
        client=ClientId(record.client),
        stage=_stage(record),
        conditions=conditions if whole else (),
        rules=tuple(record.rules) if whole else (),
        opened_on=record.opened_on,
        asked_on=record.asked_on,
        clinician=clinician if whole else {},
        letter=LetterId(letter.id) if letter else None,
        valid_to=letter.ends_on if letter else None,
        verified_by=str(verified.get("by", "")) if whole else "",
        verified_on=date.fromisoformat(verified["on"]) if verified.get("on") else None,
        closed_for=record.closed_for or "",
        next_visit=ahead,
        version=record.version,
    )


def _stage(record: ClearanceRequest) -> Stage:
    if record.closed_on is not None:
        return Stage.VERIFIED if record.closed_for == Closed.VERIFIED else Stage.CLOSED
    if record.letter is not None:
        return Stage.RECEIVED
    return Stage.ASKED if record.asked_on is not None else Stage.TO_ASK


def _next_visit(work: Work, client: str) -> date | None:
    asked = (
        select(Appointment.at)
        .where(Appointment.client == client, Appointment.at >= datetime.combine(work.today, time()))
        .where(Appointment.state.in_(COMING))
    )
    at = work.session.scalar(asked.order_by(Appointment.at).limit(1))
    return at.date() if at else None


def _provider(work: Work, client: str) -> Mapping[str, str]:
    file = judging.on_file(work, [client], since=work.today)[client]
    told = file.full.answers.get("A05", {}) if file.full is not None else {}
    return {
        key: str(told[name]) for key, name in (("name", "provider"), ("phone", "phone")) if told.get(name)
    }


def ask_for(work: Work, client: ClientId) -> str:
    """Open a request for every rule that a clinician's word could lower now; there must be one."""
    work.require(Permission.LETTER_CHANGE, client=client)
    wanted = clearing.wanted(judging.of_next(work, client).outcome)
    if not wanted:
        raise Refusal("nothing_to_clear", at="rules")
    return clearing.open_request(work, client, wanted).id


def preview(work: Work, request: str, *, clinician: Mapping[str, str]) -> bytes:
    """Show the letter to the clinician as it would be printed; nothing is kept."""
    work.require(Permission.LETTER_CHANGE)
    return clearance_request.pdf(_sheet(work, _own(work, request), _addressed(clinician)))


def ask(work: Work, request: str, *, clinician: Mapping[str, str]) -> tuple[bytes, Before]:
    """Print the letter to the clinician, and wait for the answer from today on."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, request)
    if record.closed_on is not None:
        raise Refusal("request_closed", at="state")
    before = _before(record)
    addressed = _addressed(clinician)
    record.clinician, record.asked_on = dict(addressed), work.today
    work.note("clearance_asked", f"clearance_requests/{record.id}", {"rules": list(record.rules)})
    return clearance_request.pdf(_sheet(work, record, addressed)), before


def _addressed(clinician: Mapping[str, str]) -> dict[str, str]:
    cleaned = {key: clean(clinician.get(key, ""), at=key) or "" for key in ADDRESSEE}
    return {key: value for key, value in cleaned.items() if value}


def _sheet(work: Work, record: ClearanceRequest, to: Mapping[str, str]) -> ClearanceSheet:
    judged = judging.of_next(work, record.client)
    answers = prepare(judged.case, rule_book()).answers
    book, station = rule_book(), sheets.stationery(work, facts.policy_of(work.practice.settings))
    asked = [book.rules[rule] for rule in record.rules if rule in book.rules]
    told = {rule.id: told_at(rule.id, answers) for rule in asked}
    visit = work.get(Appointment, record.appointment) if record.appointment else None
    ahead = (
        visit.at.date() if visit is not None and visit.state in COMING else _next_visit(work, record.client)
    )
    treatment = work.get(Treatment, visit.treatment) if visit else None
    practitioner = station.practitioners.get(work.actor.staff) or Practitioner("")
    if visit is not None and not practitioner.certificate_number:
        practitioner = station.practitioners.get(visit.staff, practitioner)
    return ClearanceSheet(
        made_on=work.today,
        practice=station.letterhead,
        therapist=practitioner,
        client=replace(sheets.payee(work.get(Client, record.client)), insurer="", member_id=""),
        to=Addressee(
            to.get("name", ""),
            to.get("credential", ""),
            to.get("practice", ""),
            (),
            to.get("phone", ""),
            to.get("fax", ""),
        ),
        questions=tuple(
            Question(rule.condition, at.date() if (at := told[rule.id]) else None) for rule in asked
        ),
        treatment=treatment.name.lower() if treatment else "massage",
        minutes=treatment.minutes if treatment else 60,
        techniques=tuple(body.technique(each.value) for each in Technique),
        first_visit=ahead,
        format=station.format,
    )


def verify(work: Work, request: str, *, by: str) -> Before:
    """Note who confirmed the clearance by phone, and settle the request."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, request)
    if record.letter is None or record.closed_on is not None:
        raise Refusal("nothing_received", at="state")
    letter = work.get(Letter, record.letter)
    before = replace(_before(record), verified=letter.verified)
    who = clean(by, at="by")
    if who is None:
        raise Refusal("name_missing", at="by")
    letter.verified = {"by": who, "on": work.today.isoformat()}
    record.closed_on, record.closed_for = work.today, Closed.VERIFIED
    return before


def withdraw(work: Work, request: str) -> Before:
    """Wait no longer for an answer; the flag stays as it is."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, request)
    if record.closed_on is not None:
        raise Refusal("request_closed", at="state")
    before = _before(record)
    record.closed_on, record.closed_for = work.today, Closed.WITHDRAWN
    return before


def put_back(work: Work, before: Before) -> None:
    """Undo a step of a request."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, before.request)
    if record.letter is not None and record.closed_for == Closed.VERIFIED:
        verified = before.verified
        work.get(Letter, record.letter).verified = None if verified is None else dict(verified)
    record.clinician = None if before.clinician is None else dict(before.clinician)
    record.asked_on, record.letter = before.asked_on, before.letter
    record.closed_on, record.closed_for = before.closed_on, before.closed_for


def _before(record: ClearanceRequest) -> Before:
    return Before(
        record.id, record.clinician, record.asked_on, record.letter, record.closed_on, record.closed_for
    )


def _own(work: Work, request: str) -> ClearanceRequest:
    record = work.get(ClearanceRequest, request)
    work.require(Permission.LETTER_CHANGE, client=record.client)
    return record


def rules_to_clear(work: Work, client: ClientId) -> tuple[tuple[str, str], ...]:
    """List the rules a clearance of this client can name: those asked for first, then those that speak now."""
    work.require(Permission.LETTER_CHANGE, client=client)
    asked = [rule for request in clearing.open_requests(work, client) for rule in request.rules]
    found = [finding.rule for finding in judging.of_next(work, client).outcome.findings]
    return _named([*asked, *found])


def _named(rules: Collection[str]) -> tuple[tuple[str, str], ...]:
    book = rule_book()
    return tuple((rule, book.rules[rule].condition) for rule in dict.fromkeys(rules) if rule in book.rules)
