"""Screenings on the chart: when they were answered, when they are due again, and how each version reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.documents.form_sheets import Told, ToldPart
from clinic.exchange.forms import questionnaire
from clinic.records import Appointment, Client, IntakeDraft, Screening, SignedPaper
from clinic.rules.answers import Answered
from clinic.rules.asking import Renewal, renewal
from clinic.rules.contraindications import Case, Moment, Request, screening_ends_on
from clinic.rules.forms import changes
from clinic.rules.permissions import Permission, Reach
from clinic.values import ScreeningId, ScreeningKind, State, Technique
from clinic.workroom import form_papers, judging

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from clinic.storage.work import Work
    from clinic.values import ClientId

__all__ = ["Health", "Renewal", "Told", "ToldPart", "Version", "VersionRow", "due", "of_client", "version"]

SHOWN = 40
"""Versions listed; older ones are found through the papers."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version on the chart."""

    id: ScreeningId
    kind: ScreeningKind
    at: datetime
    signer: str
    changed: int
    """Questions answered otherwise than in the version before."""
    carried: bool
    """Made by news told at a quick check, and not by asking anew."""
    paper: str | None


@dataclass(frozen=True, slots=True)
class Health:
    """Where a client's history stands; the versions only for whoever may read them."""

    name: str
    answered_on: date | None
    ends_on: date | None
    renewal: Renewal
    draft_on: date | None
    """A form half filled in, waiting to be finished."""
    versions: tuple[VersionRow, ...]
    may_read: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A version in words, page by page, with what is otherwise than before."""

    row: VersionRow
    parts: tuple[ToldPart, ...]


def of_client(work: Work, client: ClientId) -> Health:
    """Say when a client was asked, and when they are to be asked again; the answers stay where they are."""
    granted = work.require(Permission.HEALTH_WRITE, client=client)
    person = work.get(Client, client)
    readable = granted > Reach.LIMITED
    kept = work.session.scalars(
        select(Screening)
        .where(Screening.client == client)
        .order_by(Screening.answered_at.desc(), Screening.id.desc())
    ).all()
    # What is dated after now, as in a file from elsewhere, was not said yet.
    told = (one for one in kept if one.kind is ScreeningKind.FULL and one.answered_at <= work.wall)
    full = next(told, None)
    ends = _ends(work, client, full) if full else None
    drafted = work.session.scalar(select(IntakeDraft.saved_at).where(IntakeDraft.client == client))
    return Health(
        name=person.name,
        answered_on=full.answered_at.date() if full else None,
        ends_on=ends,
        renewal=renewal(
            full.answered_at.date() if full else None, ends, _last_visit(work, client), work.today
        ),
        draft_on=drafted.astimezone(work.zone).date() if drafted else None,
        versions=_rows(work, client, kept) if readable else (),
        may_read=readable,
        now=work.wall,
    )


def due(work: Work, client: ClientId) -> Renewal:
    """Say whether a client is to be asked their whole history again; nothing of it is shown."""
    work.require(Permission.HEALTH_WRITE, client=client)
    full = work.session.scalar(
        select(Screening)
        .where(
            Screening.client == client,
            Screening.kind == ScreeningKind.FULL,
            Screening.answered_at <= work.wall,
        )
        .order_by(Screening.answered_at.desc(), Screening.id.desc())
        .limit(1)
    )
    answered = full.answered_at.date() if full else None
    ends = _ends(work, client, full) if full else None
    return renewal(answered, ends, _last_visit(work, client), work.today)


def _ends(work: Work, client: ClientId, full: Screening) -> date | None:
    file = judging.on_file(work, [client], since=work.today)[client]
    case = Case(
        moment=Moment.BOOKING,
        at=work.wall,
        asked_at=work.wall,
        request=Request(Technique.SWEDISH),
        born=file.born,
        guardian_consent=file.consent_on is not None,
        full=Answered(full.answered_at, full.answers),
        clearances=file.clearances,
    )
    return screening_ends_on(case, judging.book_of(work))


def _last_visit(work: Work, client: ClientId) -> date | None:
    last = work.session.scalar(
        select(Appointment.at)
        .where(Appointment.client == client, Appointment.state == State.DONE)
        .order_by(Appointment.at.desc())
        .limit(1)
    )
    return last.date() if last else None


def _rows(work: Work, client: ClientId, kept: Sequence[Screening]) -> tuple[VersionRow, ...]:
    papers = {
        row.screening: row.id
        for row in work.run(select(SignedPaper.screening, SignedPaper.id).where(SignedPaper.client == client))
    }
    return tuple(_row(one, _before(one, kept), papers.get(one.id)) for one in kept[:SHOWN])


def _row(one: Screening, before: Screening | None, paper: str | None) -> VersionRow:
    carried = before is not None and one.answered_at - before.answered_at <= timedelta(minutes=1)
    return VersionRow(
        ScreeningId(one.id),
        one.kind,
        one.answered_at,
        one.signed_by or "",
        len(changes(before.answers, one.answers)) if before else 0,
        carried and paper is None and one.supersedes is not None,
        paper,
    )


def _before(one: Screening, kept: Sequence[Screening]) -> Screening | None:
    """Find the version a full screening grew from; a quick check stands for its day alone."""
    if one.kind is ScreeningKind.QUICK:
        return None
    named = next((other for other in kept if other.id == one.supersedes), None)
    older = (
        other
        for other in kept
        if other.kind is one.kind and (other.answered_at, other.id) < (one.answered_at, one.id)
    )
    return named or next(older, None)


def version(work: Work, screening: ScreeningId, *, language: str = "en") -> Version:
    """Read a version in words; that it was read goes into the trail."""
    work.require(Permission.HEALTH_READ)
    one = work.get(Screening, screening)
    work.require(Permission.HEALTH_READ, client=one.client)
    work.note("read", f"screenings/{screening}")
    kept = work.session.scalars(
        select(Screening)
        .where(Screening.client == one.client)
        .order_by(Screening.answered_at.desc(), Screening.id.desc())
    ).all()
    before = _before(one, kept)
    paper = work.session.scalar(select(SignedPaper.id).where(SignedPaper.screening == screening))
    form = one.kind.value
    known = {question.id for question in questionnaire().asked(form)} | {"OBS"}
    answers = {key: answer for key, answer in one.answers.items() if key in known}
    parts = form_papers.told_parts(
        form, answers, before.answers if before else None, one.unchanged or (), language
    )
    return Version(_row(one, before, paper), parts)
