"""Notes in a row: those of one client through time, the last one, and those somebody has only begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clinic.office.door import clean
from clinic.records import Appointment, Client, Note, NoteDraft, Staff
from clinic.rules.permissions import Permission
from clinic.values import AppointmentId, ClientId, NoteId
from clinic.workroom import noting
from clinic.workroom.asking import name_of, of_clients

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from clinic.rules.notes import Content
    from clinic.storage.work import Work


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note of a client, in the order of visits."""

    id: NoteId
    appointment: AppointmentId
    at: datetime
    writer: str
    signed: bool
    content: Content


def of_client(work: Work, client: ClientId, *, reason: str = "") -> tuple[NoteRow, ...]:
    """List a client's notes, oldest first, as far as this person may read them."""
    work.require(Permission.NOTE_READ, client=client)
    if reason.strip():
        work.note(noting.OPENED, f"clients/{client}", {"reason": clean(reason, at="reason")})
    else:
        work.note("read", f"clients/{client}", {"what": "notes"})
    whole = bool(reason.strip())
    return tuple(_row(row) for row in work.session.execute(_rows(work, client, whole=whole)))[::-1]


def _rows(work: Work, client: str, *, whole: bool = False) -> Select[*tuple[Any, ...]]:
    """Ask for a client's notes, newest first: one's own, and others' where a reason was given."""
    asked: Select[*tuple[Any, ...]] = (
        select(Note, Appointment.id.label("visit"), Appointment.at, Appointment.minutes_given, Staff.name)
        .join(Appointment, Appointment.id == Note.appointment)
        .join(Staff, Staff.id == Note.written_by)
        .where(Appointment.client == client)
        .order_by(Appointment.at.desc(), Note.id.desc())
    )
    if not (whole or noting.opened_lately(work, client)):
        asked = asked.where(Note.written_by == work.actor.staff)
    return asked


def _row(row: Any) -> NoteRow:
    return NoteRow(
        NoteId(row.Note.id),
        AppointmentId(row.visit),
        row.at,
        row.name,
        row.Note.signed_at is not None,
        noting.content_of(row.Note, row.minutes_given),
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """A note somebody was writing when the window went away."""

    appointment: AppointmentId
    client: ClientId
    client_name: str
    at: datetime
    saved_at: datetime


def begun(work: Work) -> tuple[Begun, ...]:
    """List one's own drafts that never became a note, the newest first."""
    work.require(Permission.NOTE_WRITE)
    asked = (
        of_clients(NoteDraft.appointment, NoteDraft.saved_at, Appointment.at)
        .join(Appointment, Appointment.id == NoteDraft.appointment)
        .join(Client, Client.id == Appointment.client)
        .where(NoteDraft.written_by == work.actor.staff)
        .order_by(NoteDraft.saved_at.desc())
    )
    return tuple(
        Begun(
            AppointmentId(row.appointment),
            ClientId(row.client),
            name_of(row),
            row.at,
            noting.wall(work, row.saved_at),
        )
        for row in work.run(asked)
    )
