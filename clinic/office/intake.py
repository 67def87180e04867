"""Intake: what a client answers is kept as a version beside the earlier ones, and never in their place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.exchange.answering import check_answers
from clinic.office.door import clean
from clinic.records import Appointment, Client, Screening
from clinic.rules.answers import Answered
from clinic.rules.asking import quick_asks
from clinic.rules.carrying import carried
from clinic.rules.permissions import Permission, Reach
from clinic.values import ClientId, Refusal, ScreeningId, ScreeningKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from clinic.storage.work import Work
    from clinic.values import AppointmentId

AFTERWARDS = timedelta(minutes=1)
"""How much later than the screening it grew from a carried version stands, so that it counts as the newer one."""


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """What a client is asked before the hands are laid on, and whether it is still to be asked today."""

    appointment: AppointmentId
    client: ClientId
    name: str
    initials: str
    due: bool
    asks: frozenset[str]
    may_judge: bool
    """Whether who asks is a therapist, who may say what a medicine is for and what is seen at the table."""
    now: datetime
    said: Mapping[str, Any] | None = None
    """What was answered earlier today, or None where nothing was or it stays hidden."""


def quick_check(work: Work, appointment: AppointmentId) -> QuickCheck:
    """Say what the quick check of a visit asks; who may not read a history asks everything."""
    granted = work.require(Permission.HEALTH_WRITE)
    visit = work.get(Appointment, appointment)
    client = ClientId(visit.client)
    work.require(Permission.HEALTH_WRITE, client=client)
    person = work.get(Client, client)
    last = _newest(work, client, ScreeningKind.QUICK, work.wall)
    asked = last is not None and last.answered_at.date() == work.today
    readable = granted > Reach.LIMITED
    full = _newest(work, client, ScreeningKind.FULL, work.wall) if readable else None
    said = last.answers if last is not None and asked and readable else None
    if said is not None:
        work.note("read", f"clients/{client}", {"what": "quick check"})
    return QuickCheck(
        appointment,
        client,
        person.preferred_name or person.given_name or person.name,
        "".join(part[0] for part in person.name.split()[:3]),
        visit.at.date() == work.today and not asked,
        quick_asks(full.answers if full else None),
        readable,
        work.wall,
        said,
    )


def record(
    work: Work,
    *,
    client: ClientId,
    kind: ScreeningKind,
    answers: Mapping[str, Any],
    answered_at: datetime | None = None,
    signed_by: str | None = None,
    unchanged: Collection[str] = (),
) -> ScreeningId:
    """Keep what a client answered; news told at a quick check also becomes a new version of the full history."""
    work.require(Permission.HEALTH_WRITE, client=client)
    work.get(Client, client)
    check_answers(kind, answers)
    if not answers:
        raise Refusal("nothing_answered", at="answers")
    at = (answered_at or work.wall).replace(second=0, microsecond=0)
    if at > work.wall:
        raise Refusal("not_yet_answered", at="answered_at")
    signer = signed_by or answers.get("M01", {}).get("signature", "")
    before = _newest(work, client, kind, at) if kind is ScreeningKind.FULL else None
    screening = _keep(
        work,
        Screening(
            client=client,
            kind=kind,
            answered_at=at,
            answers=dict(answers),
            signed_by=clean(signer, at="signed_by"),
            supersedes=before.id if before else None,
            unchanged=sorted(unchanged) or None,
        ),
    )
    if kind is ScreeningKind.QUICK:
        _carry_over(work, client, Answered(at, answers))
    return screening


def _keep(work: Work, screening: Screening) -> ScreeningId:
    screening.id = work.new_id()
    work.add(screening)
    work.flush()
    return ScreeningId(screening.id)


def _newest(work: Work, client: ClientId, kind: ScreeningKind, until: datetime) -> Screening | None:
    asked = select(Screening).where(
        Screening.client == client, Screening.kind == kind, Screening.answered_at <= until
    )
    return work.session.scalar(asked.order_by(Screening.answered_at.desc(), Screening.id.desc()).limit(1))


def _carry_over(work: Work, client: ClientId, quick: Answered) -> None:
    full = _newest(work, client, ScreeningKind.FULL, quick.at)
    if full is None:
        return
    version = carried(Answered(full.answered_at, full.answers), quick)
    if version is not None:
        at = min(full.answered_at + AFTERWARDS, quick.at)
        _keep(
            work,
            Screening(
                client=client,
                kind=full.kind,
                answered_at=at,
                answers=version,
                signed_by=full.signed_by,
                supersedes=full.id,
            ),
        )
