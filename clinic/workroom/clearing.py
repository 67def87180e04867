"""Clearing: a clinician's word that is wanted, asked for once, answered by a letter, and void when things change."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.records import ClearanceRequest, Letter, Screening
from clinic.rules.answers import Answered
from clinic.rules.contraindications import Severity
from clinic.rules.contraindications.voiding import Known, voided
from clinic.rules.lettering import Closed
from clinic.values import LetterKind, ScreeningKind
from clinic.workroom import judging

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from clinic.rules.contraindications import Outcome, Override
    from clinic.storage.work import Work


def wanted(outcome: Outcome, gone_against: Collection[str] = ()) -> list[str]:
    """Name the rules that a clinician's word could lower and nobody went against."""
    return sorted(
        finding.rule
        for finding in outcome.findings
        if "CLEARANCE" in finding.needs
        and finding.severity >= Severity.S3
        and finding.rule not in gone_against
    )


def given_up(work: Work, appointment: str) -> set[str]:
    """Name the rules about which somebody no longer wants a clinician's word for this visit."""
    asked = select(ClearanceRequest.rules).where(
        ClearanceRequest.appointment == appointment, ClearanceRequest.closed_for == Closed.WITHDRAWN
    )
    return {rule for row in work.run(asked) for rule in row.rules}


def open_for(
    work: Work,
    client: str,
    outcome: Outcome,
    overrides: Sequence[Override] = (),
    *,
    appointment: str | None = None,
) -> ClearanceRequest | None:
    """See to it that a clearance is asked for; what is asked for already is not asked for twice."""
    rules = wanted(outcome, {override.rule for override in overrides})
    return open_request(work, client, rules, appointment) if rules else None


def open_request(
    work: Work, client: str, rules: Collection[str], appointment: str | None = None
) -> ClearanceRequest:
    """Open a request for these rules, or add them to the one that is not sent yet."""
    current = open_requests(work, client)
    missing = sorted(set(rules).difference(*(request.rules for request in current)))
    if not missing and current:
        return next(request for request in current if set(rules) & set(request.rules))
    unsent = next((r for r in current if r.asked_on is None and r.letter is None), None)
    if unsent is not None:
        unsent.rules = sorted({*unsent.rules, *missing})
        return unsent
    request = ClearanceRequest(
        id=_id_of(work, client, appointment),
        client=client,
        appointment=appointment,
        rules=missing,
        opened_on=work.today,
        opened_by=work.actor.staff,
    )
    work.add(request)
    work.flush()
    return request


def _id_of(work: Work, client: str, appointment: str | None) -> str:
    """Name a request after what it is about, so that the same practice asks for the same under the same name."""
    asked = select(func.count()).where(ClearanceRequest.client == client)
    number = (work.session.scalar(asked) or 0) + 1
    while work.session.get(ClearanceRequest, f"q-{appointment or client}-{number}") is not None:
        number += 1
    return f"q-{appointment or client}-{number}"


def open_requests(work: Work, client: str) -> list[ClearanceRequest]:
    """List what is asked for and not settled, the oldest first."""
    asked = select(ClearanceRequest).where(
        ClearanceRequest.client == client, ClearanceRequest.closed_on.is_(None)
    )
    return list(work.session.scalars(asked.order_by(ClearanceRequest.opened_on, ClearanceRequest.id)))


def answer(work: Work, letter: Letter) -> None:
    """Let a clearance answer the open requests whose rules it names; once verified by phone they are settled."""
    if letter.kind is not LetterKind.CLEARANCE or letter.revoked_on is not None:
        return
    for request in open_requests(work, letter.client):
        if request.letter is None and set(letter.rules or ()) & set(request.rules):
            request.letter = letter.id
        if request.letter == letter.id and letter.verified:
            request.closed_on, request.closed_for = work.today, Closed.VERIFIED


def void_changed(work: Work, client: str, screenings: Iterable[str]) -> None:
    """Void the clearances whose ground a new screening takes away, and ask for the clinician's word again."""
    letters = [
        letter
        for letter in work.session.scalars(
            select(Letter).where(Letter.client == client, Letter.kind == LetterKind.CLEARANCE)
        )
        if letter.rules
        and letter.revoked_on is None
        and (letter.ends_on is None or letter.ends_on >= work.today)
    ]
    new = set(screenings)
    if not letters:
        return
    told = (Screening.client == client, Screening.answered_at <= work.wall)
    kept = work.session.scalars(
        select(Screening).where(*told).order_by(Screening.answered_at, Screening.id)
    ).all()
    before = _known([one for one in kept if one.id not in new])
    after = _known(kept)
    if before.full is None:
        return
    file = judging.on_file(work, [client], since=work.today)[client]
    for letter in letters:
        gone = voided(
            frozenset(letter.rules or ()),
            before,
            after,
            judging.book_of(work),
            born=file.born,
            at=datetime.combine(work.today, time(12)),
        )
        if gone:
            letter.revoked_on, letter.revoked_for = work.today, Closed.VOIDED_BY_CHANGE
            why = {"reason": Closed.VOIDED_BY_CHANGE.value, "rules": sorted(gone)}
            work.note("voided", f"letters/{letter.id}", why)
            for request in open_requests(work, client):
                if request.letter == letter.id:
                    request.closed_on, request.closed_for = work.today, Closed.VOIDED_BY_CHANGE
            work.flush()
            open_request(work, client, letter.rules or ())


def _known(screenings: Sequence[Screening]) -> Known:
    newest: dict[ScreeningKind, Screening] = {}
    for one in screenings:
        newest[one.kind] = one
    full, quick = newest.get(ScreeningKind.FULL), newest.get(ScreeningKind.QUICK)
    if full is not None and quick is not None and quick.answered_at < full.answered_at - timedelta(minutes=5):
        quick = None  # the history is newer: it says all that the check said
    return Known(
        Answered(full.answered_at, full.answers) if full else None,
        Answered(quick.answered_at, quick.answers) if quick else None,
    )
