"""Covering: which letter counts for a visit, chosen by hand where more than one fits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.records import Appointment, Invoice, Letter, Line, Treatment
from clinic.rules import annual, billing, counting, necessity
from clinic.rules.permissions import Permission
from clinic.values import AppointmentId, ClientId, LetterId, Refusal
from clinic.workroom import facts, ledgers, sheets

if TYPE_CHECKING:
    from datetime import date, datetime

    from clinic.rules.counting import Stand, Visit
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class Option:
    """A letter that speaks on the day of a visit, and what it would make of the visit."""

    letter: LetterId
    reference: str
    ends: date
    visit: int | None
    visits: int | None
    codes: tuple[str, ...]
    """Why the visit would not be marked under it; empty where it would be."""


@dataclass(frozen=True, slots=True)
class Covering:
    """A visit and the letters that fit it."""

    appointment: AppointmentId
    client: ClientId
    at: datetime
    treatment: str
    chosen: LetterId | None
    """The letter somebody chose; None where the rules choose."""
    proposed: LetterId | None
    """The letter the rules choose by themselves, if one speaks on that day."""
    options: tuple[Option, ...]
    receipt: str
    """The receipt already given for the visit; empty where there is none."""


def of_visit(work: Work, appointment: AppointmentId) -> Covering:
    """Show the letters that fit a visit, and which of them counts."""
    work.require(Permission.LETTER_CHANGE)
    record = work.get(Appointment, appointment)
    work.require(Permission.LETTER_CHANGE, client=record.client)
    client = ClientId(record.client)
    ledger = ledgers.ledger_of(work, client)
    policy = facts.policy_of(work.practice.settings)
    letters = annual.supporting(ledger.letters)
    therapists = {therapist.name for therapist in facts.therapists_of(work).values()}

    def placed(under: LetterId | None) -> Stand:
        """Put the visit under a letter, all others staying where they are."""
        visits = [_under(visit, appointment, under) for visit in ledger.visits]
        patient = ledger.person.patient
        return counting.stand(visits, letters, patient, therapists, policy, as_booked=True)[appointment]

    by_rule = placed(None)
    options = []
    for letter in letters:
        window = necessity.window(letter, policy.lmn_retro_days)
        if letter.client == client and window is not None and window.covers(record.at.date()):
            stand = placed(letter.id)
            options.append(
                Option(
                    letter.id,
                    sheets.called(letter),
                    window.end,
                    stand.visit,
                    letter.max_visits,
                    tuple(sorted(stand.bars)),
                )
            )
    fits = {option.letter for option in options}
    proposed = by_rule.letter.id if by_rule.letter and by_rule.letter.id in fits else None
    return Covering(
        appointment,
        client,
        record.at,
        work.get(Treatment, record.treatment).name,
        LetterId(record.letter) if record.letter else None,
        proposed,
        tuple(sorted(options, key=lambda option: (option.ends, option.letter))),
        _receipt(work, appointment),
    )


def _under(visit: Visit, appointment: AppointmentId, letter: LetterId | None) -> Visit:
    return replace(visit, letter=letter) if visit.id == appointment else visit


def _receipt(work: Work, appointment: str) -> str:
    """Name the receipt that says under which letter the visit stood; one that is void says nothing any more."""
    given = (
        select(Invoice.number)
        .join(Line, Line.invoice == Invoice.id)
        .where(
            Line.appointment == appointment,
            Line.kind.in_(billing.CARE),
            Invoice.void_on.is_(None),
            Invoice.number.is_not(None),
        )
        .order_by(Invoice.number)
    )
    return work.session.scalars(given).first() or ""


def choose(work: Work, appointment: AppointmentId, letter: LetterId | None) -> LetterId | None:
    """Put a visit under a letter by hand, or leave it to the rules again; answer how it was before.

    What a receipt says stays said: where one is given, it is voided first.
    """
    work.require(Permission.LETTER_CHANGE)
    record = work.get(Appointment, appointment)
    work.require(Permission.LETTER_CHANGE, client=record.client)
    receipt = _receipt(work, appointment)
    if receipt:
        raise Refusal("receipt_names_letter", at="letter", receipt=receipt)
    if letter is not None:
        found = facts.letter_of(work.get(Letter, letter))
        window = necessity.window(found, facts.policy_of(work.practice.settings).lmn_retro_days)
        fits = window is not None and window.covers(record.at.date())
        if found.client != record.client or found.kind not in necessity.SUPPORTING or not fits:
            raise Refusal("letter_does_not_fit", at="letter")
    before = LetterId(record.letter) if record.letter else None
    record.letter = letter
    return before
