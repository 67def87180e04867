"""Charts: one client on one page, with their letters counted and everything that happened in one line of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office import happenings
from clinic.records import Attachment, Client, Staff
from clinic.rules import annual, billing, counting, lettering, necessity
from clinic.rules.permissions import Permission, Reach
from clinic.values import AHEAD, HOLDING, AppointmentId, ClientId, LetterId, LetterKind, Money, State
from clinic.workroom import facts, ledgers, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.office.happenings import Entry
    from clinic.rules.annual import Ledger
    from clinic.rules.counting import Policy, Stand, Usage
    from clinic.storage.work import Work

EXPIRING_DAYS, FEW_VISITS = lettering.EXPIRING_DAYS, lettering.FEW_VISITS
Standing = lettering.Standing
"""How a letter stands today."""


@dataclass(frozen=True, slots=True)
class LetterCard:
    """A letter with its window and its counters; what the reader may not see is empty."""

    id: LetterId
    kind: LetterKind
    reference: str
    standing: Standing
    issuer: str
    signed_on: date | None
    valid_from: date | None
    valid_to: date | None
    used: int
    planned: int
    left: int | None
    visits: int | None
    minutes: int | None
    frequency: tuple[int, str] | None
    diagnoses: tuple[str, ...]
    missing: tuple[str, ...]
    wanting: tuple[str, ...]
    warnings: tuple[str, ...]


class May(StrEnum):
    """What of a client's page is open to its reader."""

    SEE_VISITS = "see_visits"
    SEE_LETTERS = "see_letters"
    CHANGE_CLIENT = "change_client"
    CHANGE_LETTERS = "change_letters"
    BOOK = "book"
    TAKE_MONEY = "take_money"
    ASK_HEALTH = "ask_health"
    READ_NOTES = "read_notes"


_ASKED = {
    May.SEE_VISITS: Permission.CALENDAR_SEE,
    May.SEE_LETTERS: Permission.LETTER_SEE,
    May.CHANGE_CLIENT: Permission.CLIENT_CHANGE,
    May.CHANGE_LETTERS: Permission.LETTER_CHANGE,
    May.BOOK: Permission.CALENDAR_CHANGE,
    May.TAKE_MONEY: Permission.MONEY_TAKE,
    May.ASK_HEALTH: Permission.HEALTH_WRITE,
    May.READ_NOTES: Permission.NOTE_READ,
}


@dataclass(frozen=True, slots=True)
class CoveredVisit:
    """A visit on the coverage line: its number under its letter, or none where no letter speaks for it."""

    id: AppointmentId
    at: datetime
    state: State
    letter: LetterId | None
    visit: int | None
    codes: tuple[str, ...]
    by_hand: bool = False
    """Whether somebody chose another letter than the rules would."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A client's page."""

    id: ClientId
    version: int
    name: str
    preferred_name: str | None
    born: date | None
    age: int | None
    phone: str | None
    email: str | None
    allergies: tuple[str, ...]
    archived: bool
    balance: Money
    credit: Money
    last_visit: datetime | None
    next_visit: datetime | None
    next_with: str
    letters: tuple[LetterCard, ...]
    coverage: tuple[CoveredVisit, ...]
    entries: tuple[Entry, ...]
    may: frozenset[May]
    owner: bool
    """Whether the reader may give the whole file out, and put it on hold."""
    today: date
    scanned: frozenset[LetterId] = frozenset()
    """The letters whose scan is on file, for whoever may look at it."""


def chart(work: Work, client: ClientId) -> Chart:
    """Open a client's page; that it was opened goes into the trail where it shows health."""
    granted = work.require(Permission.CLIENT_SEE, client=client)
    record = work.get(Client, client)
    letters_seen = work.reach(Permission.LETTER_SEE)
    money_seen = work.reach(Permission.MONEY_SEE) is not Reach.NONE
    calendar_seen = work.reach(Permission.CALENDAR_SEE) is not Reach.NONE
    whole = granted is not Reach.LIMITED
    ledger = ledgers.ledger_of(work, client)
    stands = _stands(work, ledger)
    visits = sorted(ledger.visits, key=lambda visit: (visit.at, visit.id)) if calendar_seen else []
    ahead = next((v for v in visits if v.at >= work.wall and v.state in AHEAD), None)
    done = [v for v in visits if v.state is State.DONE]
    balance, credit = balance_of(ledger) if money_seen else (Money(0), Money(0))
    if letters_seen >= Reach.OWN:
        work.note("read", f"clients/{client}")
    entries = [
        *(happenings.of_visits(work, ledger, stands) if calendar_seen else ()),
        *(happenings.of_contacts(work, client) if calendar_seen else ()),
        *(happenings.of_letters(ledger) if letters_seen is not Reach.NONE else ()),
        *(happenings.of_money(work, ledger) if money_seen else ()),
    ]
    return Chart(
        id=client,
        version=record.version,
        name=record.name,
        preferred_name=record.preferred_name,
        born=record.born if whole else None,
        age=_age(record.born, work.today) if whole else None,
        phone=record.phone if whole else None,
        email=record.email if whole else None,
        allergies=tuple(record.allergies or ()) if letters_seen >= Reach.OWN else (),
        archived=record.archived_on is not None,
        balance=balance,
        credit=credit,
        last_visit=done[-1].at if done else None,
        next_visit=ahead.at if ahead else None,
        next_with=work.get(Staff, ahead.staff).name if ahead else "",
        letters=_cards(work, ledger, stands, letters_seen) if letters_seen is not Reach.NONE else (),
        coverage=_coverage(work, ledger, stands) if letters_seen is not Reach.NONE and calendar_seen else (),
        entries=tuple(sorted(entries, key=lambda entry: (entry.at, entry.what), reverse=True)),
        may=frozenset(may for may, asked in _ASKED.items() if work.reach(asked) is not Reach.NONE),
        owner=work.reach(Permission.EXPORT_ALL) is not Reach.NONE,
        today=work.today,
        scanned=_scanned(work, ledger)
        if work.reach(Permission.LETTER_CHANGE) is not Reach.NONE
        else frozenset(),
    )


def _scanned(work: Work, ledger: Ledger) -> frozenset[LetterId]:
    own = [letter.id for letter in ledger.letters if letter.client == ledger.person.patient.id]
    return frozenset(work.run(select(Attachment.letter).where(Attachment.letter.in_(own))).scalars())


def letters(work: Work, client: ClientId) -> tuple[LetterCard, ...]:
    """List a client's letters with their counters."""
    granted = work.require(Permission.LETTER_SEE, client=client)
    ledger = ledgers.ledger_of(work, client)
    return _cards(work, ledger, _stands(work, ledger), granted)


def _stands(work: Work, ledger: Ledger) -> Mapping[AppointmentId, Stand]:
    return counting.stand(
        ledger.visits,
        annual.supporting(ledger.letters),
        ledger.person.patient,
        {therapist.name for therapist in facts.therapists_of(work).values()},
        facts.policy_of(work.practice.settings),
        as_booked=True,
    )


def _age(born: date | None, on: date) -> int | None:
    return None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def balance_of(ledger: Ledger) -> tuple[Money, Money]:
    """Work out what the client owes, and what the practice holds for them unspoken for."""
    settled = billing.settle(ledger.lines, ledger.payments, ())
    owed = Money(0)
    for line in ledger.lines:
        if billing.is_open(line):
            paid = Money(sum(piece.amount.cents for piece in settled.pieces.get(line.id, ())))
            owed += max(Money(0), line.total - paid)  # an insurer may have paid it beside the client
    after = billing.settle(ledger.lines, ledger.payments, ledger.refunds) if ledger.refunds else settled
    mine = (c.amount.cents for c in after.credits if c.method not in billing.NOT_THE_CLIENTS)
    return owed, max(Money(0), Money(sum(mine)))


def _cards(
    work: Work,
    ledger: Ledger,
    stands: Mapping[AppointmentId, Stand],
    granted: Reach,
) -> tuple[LetterCard, ...]:
    policy = facts.policy_of(work.practice.settings)
    cards = (
        card_of(
            letter,
            counting.usage(letter, ledger.visits, stands),
            policy,
            today=work.today,
            whole=granted >= Reach.OWN,
        )
        for letter in ledger.letters
        if letter.client == ledger.person.patient.id
    )
    return tuple(sorted(cards, key=lambda card: (card.valid_to or date.min, card.id), reverse=True))


def card_of(
    letter: necessity.Letter, usage: Usage, policy: Policy, *, today: date, whole: bool
) -> LetterCard:
    """Say how a letter stands on a day; its clinical part shows only where the reader may see it whole."""
    window = necessity.window(letter, policy.lmn_retro_days)
    supporting = letter.kind in necessity.SUPPORTING
    lacking = necessity.missing(letter, strict_duration=policy.strict_duration) if supporting else ()
    return LetterCard(
        letter.id,
        letter.kind,
        sheets.called(letter),
        lettering.standing(letter, usage.left, today, policy),
        sheets.issuer(letter) if whole else "",
        letter.signed_on,
        window.start if window else None,
        window.end if window else None,
        usage.used,
        usage.planned,
        usage.left,
        letter.max_visits,
        letter.minutes,
        sheets.frequency(letter),
        tuple(d.text for d in letter.diagnoses) if whole else (),
        lacking,
        necessity.wanting(letter) if supporting else (),
        tuple(sorted(necessity.warnings(letter))) if whole else (),
    )


def _by_rule(work: Work, ledger: Ledger) -> dict[AppointmentId, LetterId | None]:
    """Tell which letter the rules would choose for each visit; empty where there is nothing to choose."""
    named = any(visit.letter is not None for visit in ledger.visits)
    if not named or len(annual.supporting(ledger.letters)) < 2:  # noqa: PLR2004 - of one letter there is no choice
        return {}
    stands = _stands(work, replace(ledger, visits=tuple(replace(v, letter=None) for v in ledger.visits)))
    return {visit: stand.letter.id if stand.letter else None for visit, stand in stands.items()}


def _coverage(work: Work, ledger: Ledger, stands: Mapping[AppointmentId, Stand]) -> tuple[CoveredVisit, ...]:
    found = []
    by_rule = _by_rule(work, ledger)
    for visit in sorted(ledger.visits, key=lambda v: (v.at, v.id)):
        stand = stands[visit.id]
        if visit.state in HOLDING:
            clear = stand.letter is not None and not stand.bars
            letter = stand.letter.id if stand.letter and clear else None
            number = stand.visit if clear else None
            found.append(
                CoveredVisit(
                    visit.id,
                    visit.at,
                    visit.state,
                    letter,
                    number,
                    tuple(sorted(stand.bars)),
                    by_hand=visit.letter is not None and by_rule.get(visit.id, visit.letter) != visit.letter,
                ),
            )
    return tuple(found)
