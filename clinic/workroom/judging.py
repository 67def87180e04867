"""Judging: what is on file of a client is laid before the rule book, for one visit or for many."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, func, or_, select

from clinic.exchange.cases import clearance_of
from clinic.exchange.catalogue import rule_book
from clinic.exchange.products import known as products_known
from clinic.records import Appointment, Client, Consent, Letter, Screening, Staff, Treatment
from clinic.rules.answers import Answered
from clinic.rules.areas import expand
from clinic.rules.consents import ConsentKind, locked
from clinic.rules.contraindications import Case, Moment, Policy, Request, Severity, judge_read
from clinic.values import NOT_BEGUN, LetterKind, ScreeningKind, Technique
from clinic.workroom import facts, keeping
from clinic.workroom.items import item_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import BindParameter, Row

    from clinic.rules import necessity
    from clinic.rules.consents import Given
    from clinic.rules.contraindications import Clearance, Outcome, RuleBook
    from clinic.rules.contraindications.visit import Visit
    from clinic.storage.work import Work

ANSWERED = (Screening.id, Screening.client, Screening.answered_at, Screening.answers)
AT_ONCE = 500
"""Clients looked up in one question."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """What the rules may read of a client: nothing else is laid before them."""

    born: date | None
    consent_on: date | None
    full: Row[Any] | None
    """The newest health history."""
    quick: Mapping[date, Row[Any]] = field(default_factory=dict)
    """The last quick check of each day."""
    earlier: Mapping[date, Sequence[Row[Any]]] = field(default_factory=dict)
    """The quick checks of a day before its last one."""
    clearances: tuple[Clearance, ...] = ()
    given: tuple[Given, ...] = ()
    """Consents that open an area, and below the referrals they may name."""
    referrals: tuple[necessity.Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A visit judged, and the versions of the answers that were read."""

    outcome: Outcome
    case: Case
    visit: Visit
    """The case as the rules have read it."""
    policy: Policy
    full: str | None
    quick: str | None


def policy_of(work: Work) -> Policy:
    """Tell what the owner made of the rule book."""
    settings = work.practice.settings or {}
    return Policy(
        strict_contraindications=settings.get("strict_contraindications", False),
        first_trimester_end_weeks=settings.get("first_trimester_end_weeks"),
        guardian_in_room_under=settings.get("guardian_in_room_under"),
        guardian_on_premises_under=settings.get("guardian_on_premises_under"),
        tightened={rule: Severity[name] for rule, name in settings.get("rules_tightened", {}).items()},
        switched_off=frozenset(settings.get("rules_off", ())),
    )


def book_of(work: Work) -> RuleBook:
    """Take the rule book as this practice keeps it."""
    return rule_book().under(policy_of(work))


def on_file(
    work: Work, clients: Sequence[str], *, since: date, until: datetime | None = None
) -> dict[str, OnFile]:
    """Gather what is known of clients, with the quick checks since a day; the same few questions for any number."""
    found = {}
    for start in range(0, len(clients), AT_ONCE):
        found.update(_some(work, clients[start : start + AT_ONCE], since, until or work.wall))
    return found


# Put together once: what is asked at every keystroke is not written anew each time.
_CLIENTS: BindParameter[Any] = bindparam("clients", expanding=True)
_OWN = Screening.client.in_(_CLIENTS)
_RANKED = (
    select(
        Screening.id,
        func.row_number()
        .over(partition_by=Screening.client, order_by=(Screening.answered_at.desc(), Screening.id.desc()))
        .label("place"),
    )
    .where(_OWN, Screening.kind == ScreeningKind.FULL, Screening.answered_at <= bindparam("until"))
    .subquery()
)
_ANSWERS = (
    select(*ANSWERED, Screening.kind)
    .where(_OWN, Screening.answered_at <= bindparam("until"))
    .where(
        or_(
            and_(Screening.kind == ScreeningKind.QUICK, Screening.answered_at >= bindparam("since")),
            Screening.id.in_(select(_RANKED.c.id).where(_RANKED.c.place == 1)),
        )
    )
    .order_by(Screening.answered_at, Screening.id)
)
"""The newest health history of each client, and the quick checks since a day."""
_CLEARS = (Letter.kind == LetterKind.CLEARANCE, Letter.rules.is_not(None))
_LETTERS = select(Letter).where(Letter.client.in_(_CLIENTS), *_CLEARS)
_OPENS = (Consent.kind == ConsentKind.BREAST,)
_CONSENTS = select(Consent).where(Consent.client.in_(_CLIENTS), *_OPENS)
_PEOPLE = select(
    Client.id,
    Client.born,
    Client.guardian,
    exists().where(Letter.client == Client.id, *_CLEARS).label("cleared"),
    exists().where(Consent.client == Client.id, *_OPENS).label("opened"),
).where(Client.id.in_(_CLIENTS))
"""Who they are, and whether there is a clearance or a consent to look for: most people have neither."""


def _some(work: Work, clients: Sequence[str], since: date, until: datetime) -> dict[str, OnFile]:
    asked = {"clients": list(clients), "since": datetime.combine(since, time()), "until": until}
    quick: dict[str, dict[date, Row[Any]]] = defaultdict(dict)
    earlier: dict[str, dict[date, list[Row[Any]]]] = defaultdict(lambda: defaultdict(list))
    full: dict[str, Row[Any]] = {}
    for row in work.run(_ANSWERS, asked):
        if row.kind is ScreeningKind.QUICK:
            day = row.answered_at.date()
            if day in quick[row.client]:
                earlier[row.client][day].append(quick[row.client][day])
            quick[row.client][day] = row
        else:
            full[row.client] = row
    letters: dict[str, list[Clearance]] = defaultdict(list)
    people = work.run(_PEOPLE, asked).all()
    if any(person.cleared for person in people):
        for letter in work.session.scalars(_LETTERS, asked):
            letters[letter.client].append(clearance_of(item_of(letter)))
    given, referrals = _opening(work, [person.id for person in people if person.opened])
    return {
        row.id: OnFile(
            row.born,
            _day((row.guardian or {}).get("consent_on")),
            full.get(row.id),
            quick[row.id],
            earlier[row.id],
            tuple(letters[row.id]),
            tuple(given[row.id]),
            tuple(referrals[row.id]),
        )
        for row in people
    }


def _opening(
    work: Work, clients: Collection[str]
) -> tuple[dict[str, list[Given]], dict[str, list[necessity.Letter]]]:
    """Gather what may open a locked area, of those who consented to its opening."""
    given: dict[str, list[Given]] = defaultdict(list)
    referrals: dict[str, list[necessity.Letter]] = defaultdict(list)
    if clients:
        for consent in work.session.scalars(_CONSENTS, {"clients": list(clients)}):
            given[consent.client].append(keeping.given_of(consent))
        named = select(Letter).where(Letter.client.in_(given), Letter.kind == LetterKind.REFERRAL)
        for letter in work.session.scalars(named):
            referrals[letter.client].append(facts.letter_of(letter))
    return given, referrals


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def judged(
    work: Work,
    file: OnFile,
    book: RuleBook,
    *,
    at: datetime,
    treatment: Treatment,
    staff: Staff | None,
    minutes: int | None = None,
    sites: Collection[str] = (),
    products: Sequence[str] = (),
    moment: Moment = Moment.BOOKING,
) -> Judged:
    """Let the rules speak of one visit."""
    quick = file.quick.get(at.date())
    labels = {labelled(product): product for product in products}
    case = Case(
        moment=moment,
        at=at,
        asked_at=work.wall,
        request=Request(treatment.technique, minutes or treatment.minutes, expand(sites), tuple(labels)),
        born=file.born,
        guardian_consent=file.consent_on is not None and file.consent_on <= at.date(),
        prenatal_certified=None if staff is None else bool(staff.prenatal_certified),
        full=_answered(file.full),
        quick=_answered(quick),
        earlier=tuple(Answered(row.answered_at, row.answers) for row in file.earlier.get(at.date(), ())),
        clearances=file.clearances,
        locked=locked(file.given, file.referrals, at.date(), file.born),
    )
    outcome, visit = judge_read(case, book)
    if labels:
        kept_away = tuple(sorted(labels.get(each, each) for each in outcome.products_blocked))
        outcome = replace(outcome, products_blocked=kept_away)
    return Judged(
        outcome, case, visit, book.policy, file.full.id if file.full else None, quick.id if quick else None
    )


def labelled(product: str) -> str:
    """Name a product with what its label holds, where the catalogue knows it: a name alone may not tell."""
    known = products_known().get(product.casefold())
    return product if known is None or not known.tags else f"{product} ({', '.join(known.tags)})"


def _answered(row: Row[Any] | None) -> Answered | None:
    return None if row is None else Answered(row.answered_at, row.answers)


def of_one(
    work: Work,
    client: str,
    *,
    at: datetime,
    treatment: Treatment,
    staff: Staff | None,
    minutes: int | None = None,
    sites: Collection[str] = (),
    products: Sequence[str] = (),
    moment: Moment = Moment.BOOKING,
) -> Judged:
    """Judge one visit of one client by what is on file; what could not be read goes into the trail at any rate."""
    files = on_file(work, [client], since=at.date(), until=max(at, work.wall))
    file = files.get(client, OnFile(None, None, None))
    found = judged(
        work,
        file,
        book_of(work),
        at=at,
        treatment=treatment,
        staff=staff,
        minutes=minutes,
        sites=sites,
        products=products,
        moment=moment,
    )
    for fault in found.outcome.faults:
        work.note(
            "rule_fault",
            f"rules/{fault.rule}",
            {"reason": fault.reason, "ruleset": found.outcome.ruleset},
            insist=True,
        )
    return found


def of_next(work: Work, client: str) -> Judged:
    """Judge a client's next visit, or a plain one now where none is booked."""
    asked = (
        select(Appointment)
        .where(Appointment.client == client, Appointment.at >= datetime.combine(work.today, time()))
        .where(Appointment.state.in_(NOT_BEGUN))
        .order_by(Appointment.at)
        .limit(1)
    )
    visit = work.session.scalars(asked).first()
    plain = Treatment(id="", name="", technique=Technique.SWEDISH, minutes=60)
    return of_one(
        work,
        client,
        at=visit.at if visit else work.wall,
        treatment=work.get(Treatment, visit.treatment) if visit else plain,
        staff=work.get(Staff, visit.staff) if visit else None,
        minutes=visit.minutes if visit else None,
        sites=(visit.sites if visit else None) or (),
        products=(visit.products if visit else None) or (),
    )
