"""Flags: what the rule book says of a visit, from what is on file or from a case brought along."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.exchange.cases import clearance_of, read_case
from clinic.exchange.catalogue import rule_book
from clinic.exchange.portable import read_bytes
from clinic.records import Client, Letter, Screening, Staff, Treatment
from clinic.rules.answers import Answered
from clinic.rules.areas import expand
from clinic.rules.contraindications import Case, Moment, Policy, Request, desk_needs, judge
from clinic.rules.permissions import Permission, Reach
from clinic.values import LetterKind, ScreeningKind
from clinic.workroom.items import item_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from clinic.rules.contraindications import Outcome, RuleBook
    from clinic.storage.work import Work
    from clinic.values import ClientId, StaffId, TreatmentId

CLINICAL = ("rule", "therapist_text", "client_text", "source")
"""What of a finding names the condition; the desk is told what to do and not why."""


def of_case(file: Path) -> dict[str, Any]:
    """Judge a case that needs no practice."""
    return judge(read_case(read_bytes(file)), rule_book()).as_json()


def of_visit(
    work: Work,
    *,
    client: ClientId,
    treatment: TreatmentId,
    at: datetime,
    staff: StaffId | None = None,
    sites: Collection[str] = (),
    moment: Moment = Moment.BOOKING,
) -> dict[str, Any]:
    """Judge a visit by what is on file; who may not see a condition is told what to do about it."""
    granted = work.require(Permission.FLAGS_SEE, client=client)
    offered = work.get(Treatment, treatment)
    case = Case(
        moment=moment,
        at=at,
        asked_at=work.wall,
        request=Request(offered.technique, offered.minutes, expand(sites)),
        prenatal_certified=None if staff is None else bool(work.get(Staff, staff).prenatal_certified),
        **_on_file(work, client, at),
    )
    outcome = judge(case, _book(work))
    _keep_faults(work, outcome)
    if granted is not Reach.LIMITED:
        work.note("read", f"clients/{client}", {"what": "flags"})
    answer = outcome.as_json()
    return _for_the_desk(answer) if granted is Reach.LIMITED else answer


def _on_file(work: Work, client: ClientId, at: datetime) -> dict[str, Any]:
    """Gather what the rules may read of a client: the last full screening, the day's quick check, clearances."""
    person = work.get(Client, client)
    consent_on = (person.guardian or {}).get("consent_on")
    screenings = work.session.scalars(
        select(Screening).where(Screening.client == client, Screening.answered_at <= max(at, work.wall)),
    ).all()
    full = [s for s in screenings if s.kind is ScreeningKind.FULL]
    quick = [s for s in screenings if s.kind is ScreeningKind.QUICK and s.answered_at.date() == at.date()]
    letters = work.session.scalars(
        select(Letter).where(
            Letter.client == client, Letter.kind == LetterKind.CLEARANCE, Letter.rules.is_not(None)
        ),
    )
    return {
        "born": person.born,
        "guardian_consent": consent_on is not None and date.fromisoformat(consent_on) <= at.date(),
        "full": _newest(full),
        "quick": _newest(quick),
        "clearances": tuple(clearance_of(item_of(letter)) for letter in letters),
    }


def _newest(screenings: Collection[Screening]) -> Answered | None:
    newest = max(screenings, key=lambda screening: (screening.answered_at, screening.id), default=None)
    return None if newest is None else Answered(newest.answered_at, newest.answers)


def _book(work: Work) -> RuleBook:
    """Take the rule book as this practice has set it."""
    settings = work.practice.settings or {}
    policy = Policy(
        strict_contraindications=settings.get("strict_contraindications", False),
        first_trimester_end_weeks=settings.get("first_trimester_end_weeks"),
    )
    return rule_book().under(policy)


def _keep_faults(work: Work, outcome: Outcome) -> None:
    """Write down what could not be read, by rule and kind of fault only."""
    for fault in outcome.faults:
        work.note("rule_fault", f"rules/{fault.rule}", {"reason": fault.reason, "ruleset": outcome.ruleset})


def _for_the_desk(answer: dict[str, Any]) -> dict[str, Any]:
    findings = [finding | dict.fromkeys(CLINICAL, "") for finding in answer["findings"]]
    return answer | {"findings": findings, "needs": list(desk_needs(answer["needs"]))}
