"""Requests: letters to clinicians and plans, printed in one go and followed until their answer is in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.documents import frozen, request
from clinic.office.door import clean
from clinic.records import Client, Clinician, Letter, Request
from clinic.rules import requests as rules
from clinic.rules.permissions import Permission, Reach
from clinic.values import ClientId, ClinicianId, LetterId, Refusal, RequestId, RequestKind, SentBy
from clinic.workroom import requesting

if TYPE_CHECKING:
    from datetime import date

    from clinic.storage.work import Work

TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Row:
    """A request as a list shows it; to whom it went is for those who may read letters."""

    id: RequestId
    client: ClientId
    name: str
    kind: RequestKind
    to: str
    letter: LetterId | None
    made_on: date
    sent_on: date | None
    sent_by: SentBy | None
    received_on: date | None
    withdrawn_on: date | None
    waiting: int | None
    """Days since it was sent, while no answer is in."""
    overdue: bool
    readable: bool
    """Whether the one who asks may read what it says."""

    @property
    def open(self) -> bool:
        """Whether somebody still waits for it, or has to send it."""
        return self.received_on is None and self.withdrawn_on is None


def preview(
    work: Work,
    *,
    client: ClientId,
    kind: RequestKind,
    letter: LetterId | None = None,
    clinician: ClinicianId | None = None,
    words: str = "",
) -> bytes:
    """Show a request as it would be printed; nothing is kept."""
    work.require(Permission.LETTER_CHANGE, client=client)
    return request.pdf(
        requesting.sheet(work, client, kind, letter=letter, clinician=clinician, words=_words(words))
    )


def make(
    work: Work,
    *,
    client: ClientId,
    kind: RequestKind,
    letter: LetterId | None = None,
    clinician: ClinicianId | None = None,
    words: str = "",
) -> RequestId:
    """Keep a request as it is printed now, to be followed; it stays as it is whatever changes later."""
    work.require(Permission.LETTER_CHANGE, client=client)
    sheet = requesting.sheet(work, client, kind, letter=letter, clinician=clinician, words=_words(words))
    record = work.add(
        Request(
            id=work.new_id(),
            client=client,
            kind=kind,
            clinician=clinician,
            letter=letter,
            made_on=work.today,
            said=json.loads(frozen.to_json(sheet)),
        )
    )
    work.note("request_made", f"requests/{record.id}", {"kind": kind.value})
    work.flush()
    return RequestId(record.id)


def _words(typed: str) -> str:
    lines = (clean(line, at="text") or "" for line in typed.splitlines())
    text = "\n".join(lines).strip()
    if len(text) > TEXT:
        raise Refusal("too_long", at="text", longest=TEXT)
    return text


def paper(work: Work, request_: RequestId) -> bytes:
    """Print a request as it was made; that it was printed goes into the trail."""
    work.require(Permission.LETTER_CHANGE)
    record = _own(work, request_)
    work.note("request_printed", f"requests/{record.id}")
    return request.pdf(requesting.said(record))


def sent(work: Work, request_: RequestId, *, by: SentBy, on: date | None = None) -> None:
    """Note that a request left the house, and how; from then on its answer is waited for."""
    work.require(Permission.LETTER_SEE)
    record = _open(work, request_)
    day = on or work.today
    if day < record.made_on:
        raise Refusal("before_made", at="sent_on")
    record.sent_on, record.sent_by = day, by


def received(
    work: Work, request_: RequestId, *, answer: LetterId | None = None, on: date | None = None
) -> None:
    """Note that the answer is in, and which letter it is."""
    work.require(Permission.LETTER_SEE)
    record = _open(work, request_)
    day = on or work.today
    if day < record.made_on:
        raise Refusal("before_made", at="received_on")
    if answer is not None and work.get(Letter, answer).client != record.client:
        raise Refusal("not_found", kind="letters", id=answer)
    record.received_on, record.answer = day, answer


def withdraw(work: Work, request_: RequestId) -> None:
    """Wait no longer for an answer."""
    work.require(Permission.LETTER_SEE)
    _open(work, request_).withdrawn_on = work.today


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a request was, for an undo."""

    sent_on: date | None = None
    sent_by: SentBy | None = None
    received_on: date | None = None
    answer: str | None = None
    withdrawn_on: date | None = None


def stage(work: Work, request_: RequestId) -> Stage:
    """Tell how far a request is."""
    work.require(Permission.LETTER_SEE)
    record = _seen(work, request_)
    return Stage(record.sent_on, record.sent_by, record.received_on, record.answer, record.withdrawn_on)


def put_back(work: Work, request_: RequestId, before: Stage) -> None:
    """Undo what was noted on a request."""
    work.require(Permission.LETTER_SEE)
    record = _seen(work, request_)
    record.sent_on, record.sent_by = before.sent_on, before.sent_by
    record.received_on, record.answer = before.received_on, before.answer
    record.withdrawn_on = before.withdrawn_on


def listed(work: Work, *, client: ClientId | None = None, all_of_them: bool = False) -> tuple[Row, ...]:
    """List the requests whose answer is waited for, the oldest first; of one client, or of everybody."""
    granted = work.require(Permission.LETTER_SEE)
    if client is not None:
        work.require(Permission.LETTER_SEE, client=client)
    asked = (
        select(
            Request, Client.given_name, Client.family_name, Clinician.name.label("to"), Clinician.credential
        )
        .join(Client, Client.id == Request.client)
        .outerjoin(Clinician, Clinician.id == Request.clinician)
        .order_by(Request.made_on, Request.id)
    )
    if client is not None:
        asked = asked.where(Request.client == client)
    if not all_of_them:
        asked = asked.where(Request.received_on.is_(None), Request.withdrawn_on.is_(None))
    if granted is Reach.OWN:
        asked = asked.where(work.own_clients())
    rows = []
    for row in work.session.execute(asked):
        record: Request = row.Request
        called = ", ".join(part for part in (row.to, row.credential) if part)
        waiting = rules.waiting(record.sent_on, record.received_on or record.withdrawn_on, work.today)
        rows.append(
            Row(
                RequestId(record.id),
                ClientId(record.client),
                f"{row.given_name} {row.family_name}".strip(),
                record.kind,
                called if granted >= Reach.OWN else "",
                LetterId(record.letter) if record.letter else None,
                record.made_on,
                record.sent_on,
                record.sent_by,
                record.received_on,
                record.withdrawn_on,
                waiting,
                rules.is_overdue(record.kind, waiting),
                work.reach(Permission.LETTER_CHANGE) is not Reach.NONE,
            )
        )
    return tuple(rows)


def _seen(work: Work, request_: RequestId) -> Request:
    record = work.get(Request, request_)
    work.require(Permission.LETTER_SEE, client=record.client)
    return record


def _own(work: Work, request_: RequestId) -> Request:
    record = work.get(Request, request_)
    work.require(Permission.LETTER_CHANGE, client=record.client)
    return record


def _open(work: Work, request_: RequestId) -> Request:
    record = _seen(work, request_)
    if record.received_on is not None or record.withdrawn_on is not None:
        raise Refusal("request_closed", at="request")
    return record
