"""Treatment notes: opened from the visit, kept while one writes, signed once, and then only added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office.door import clean
from clinic.records import Appointment, Client, Note, NoteDraft, Staff, Treatment
from clinic.rules import notes as rules
from clinic.rules.notes import Content, Mark, MarkKind, Measure, Position, Product, Treated, View
from clinic.rules.permissions import Permission
from clinic.values import AppointmentId, ClientId, NoteId, Refusal, State, TreatmentId
from clinic.workroom import keeping, noting

if TYPE_CHECKING:
    from clinic.storage.work import Work

__all__ = [
    "Addendum",
    "Content",
    "Mark",
    "MarkKind",
    "Measure",
    "Opened",
    "Position",
    "Product",
    "Saved",
    "Treated",
    "View",
    "add_addendum",
    "allergy_clashes",
    "copied",
    "open_note",
    "open_visit",
    "put_down",
    "save_draft",
    "sign",
]

BEGUN = frozenset({State.ARRIVED, State.IN_TREATMENT, State.DONE})
"""A visit that has begun can have a note signed."""

allergy_clashes = rules.clashes
copied = rules.copied


@dataclass(frozen=True, slots=True)
class Addendum:
    """Something added to a signed note: when, by whom."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A visit's note as its screen shows it; the content is what was kept last, the draft what was typed since."""

    appointment: AppointmentId
    client: ClientId
    client_name: str
    at: datetime
    minutes: int
    state: State
    treatment: str
    treatment_id: TreatmentId
    therapist: str
    writer: str
    allergies: tuple[str, ...]
    note: NoteId | None
    content: Content
    draft: Content | None
    draft_at: datetime | None
    signed_at: datetime | None
    days_late: int
    addenda: tuple[Addendum, ...]
    may_write: bool
    today: date


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft that is safe."""

    at: datetime


def open_visit(work: Work, appointment: AppointmentId, *, reason: str = "") -> Opened:
    """Open the note of a visit; that it was read goes into the trail."""
    work.require(Permission.NOTE_READ)
    record = work.get(Appointment, appointment)
    return _opened(work, record, _note_of(work, appointment), reason)


def open_note(work: Work, note: NoteId, *, reason: str = "") -> Opened:
    """Open a note by itself."""
    work.require(Permission.NOTE_READ)
    record = work.get(Note, note)
    return _opened(work, work.get(Appointment, record.appointment), record, reason)


def _opened(work: Work, visit: Appointment, note: Note | None, reason: str) -> Opened:
    client = ClientId(visit.client)
    work.require(Permission.NOTE_READ, client=client)
    writer = note.written_by if note else visit.staff
    if note is not None:
        noting.read(work, client, note.written_by, f"notes/{note.id}", clean(reason, at="reason") or "")
    person = work.get(Client, client)
    treatment = work.get(Treatment, visit.treatment)
    draft = None if note is not None and note.signed_at else _draft_of(work, visit.id)
    names = {row.id: row.name for row in work.run(select(Staff.id, Staff.name))}
    may_write = _may_write(work, visit) and (note is None or note.written_by == work.actor.staff)
    return Opened(
        appointment=AppointmentId(visit.id),
        client=client,
        client_name=person.name,
        at=visit.at,
        minutes=visit.minutes,
        state=visit.state,
        treatment=treatment.name,
        treatment_id=TreatmentId(treatment.id),
        therapist=names[visit.staff],
        writer=names[writer],
        allergies=tuple(person.allergies or ()),
        note=NoteId(note.id) if note else None,
        content=noting.content_of(note, visit.minutes_given) if note else Content(),
        draft=noting.unpacked(draft.content) if draft else None,
        draft_at=noting.wall(work, draft.saved_at) if draft else None,
        signed_at=noting.wall(work, note.signed_at) if note and note.signed_at else None,
        days_late=rules.days_late(visit.at.date(), noting.wall(work, note.signed_at))
        if note and note.signed_at
        else 0,
        addenda=_addenda(work, note, names) if note else (),
        may_write=may_write,
        today=work.today,
    )


def _addenda(work: Work, note: Note, names: dict[str, str]) -> tuple[Addendum, ...]:
    return tuple(
        Addendum(
            noting.wall(work, datetime.fromisoformat(each["at"])), names.get(each["by"], ""), each["text"]
        )
        for each in note.addenda or ()
    )


def _note_of(work: Work, appointment: str) -> Note | None:
    """Take the note of a visit: one's own before another's."""
    found = work.session.scalars(
        select(Note).where(Note.appointment == appointment).order_by(Note.id.desc())
    ).all()
    own = [note for note in found if note.written_by == work.actor.staff]
    return next(iter(own or found), None)


def _draft_of(work: Work, appointment: str) -> NoteDraft | None:
    return work.session.scalar(
        select(NoteDraft).where(
            NoteDraft.appointment == appointment, NoteDraft.written_by == work.actor.staff
        )
    )


def _may_write(work: Work, visit: Appointment) -> bool:
    """Only who gave the visit writes its note."""
    return visit.staff == work.actor.staff


def _writing(work: Work, appointment: str) -> Appointment:
    visit = work.get(Appointment, appointment)
    work.require(Permission.NOTE_WRITE, staff=visit.staff)
    if not _may_write(work, visit):
        raise Refusal("not_your_visit")
    return visit


def save_draft(work: Work, appointment: AppointmentId, content: Content) -> Saved:
    """Keep what is being written, in the practice file and nowhere else; it takes the place of the last draft."""
    work.require(Permission.NOTE_WRITE)
    visit = _writing(work, appointment)
    rules.check(content)
    signed = select(Note.id).where(
        Note.appointment == appointment, Note.written_by == visit.staff, Note.signed_at.is_not(None)
    )
    if work.run(signed).first() is not None:
        raise Refusal("note_is_signed")
    draft = _draft_of(work, appointment)
    if draft is None:
        work.add(
            NoteDraft(
                id=work.new_id(),
                appointment=appointment,
                written_by=work.actor.staff,
                saved_at=work.now,
                content=noting.packed(content),
            )
        )
    else:
        draft.saved_at, draft.content = work.now, noting.packed(content)
    return Saved(noting.wall(work, work.now))


def _forget_draft(work: Work, appointment: str) -> None:
    draft = _draft_of(work, appointment)
    if draft is not None:
        work.session.delete(draft)


def put_down(work: Work, appointment: AppointmentId, content: Content) -> NoteId | None:
    """Keep the note unsigned, to go on with it later; an empty one is not kept."""
    work.require(Permission.NOTE_WRITE)
    visit = _writing(work, appointment)
    rules.check(content)
    note = _own_note(work, appointment)
    if note is not None and note.signed_at is not None:
        raise Refusal("note_is_signed")
    _forget_draft(work, appointment)
    if note is None and not content.says_anything:
        return None
    return NoteId(_keep(work, visit, note, content).id)


def _own_note(work: Work, appointment: str) -> Note | None:
    found = _note_of(work, appointment)
    return found if found is not None and found.written_by == work.actor.staff else None


def _keep(work: Work, visit: Appointment, note: Note | None, content: Content) -> Note:
    worked = {*content.areas, *(each.area for each in content.treated)}
    if worked & keeping.locked_areas(work, visit.client, visit.at.date()):
        raise Refusal("area_locked", at="areas")
    if note is None:
        note = work.add(
            Note(id=work.new_id(), appointment=visit.id, written_by=work.actor.staff, soap={}, addenda=None)
        )
    noting.write_down(note, content)
    if content.minutes is not None and visit.minutes_given != content.minutes:
        visit.minutes_given = content.minutes
    return note


def sign(work: Work, appointment: AppointmentId, content: Content) -> NoteId:
    """Sign a note: from now on it says what it says, and only addenda are added."""
    work.require(Permission.NOTE_WRITE)
    visit = _writing(work, appointment)
    rules.check(content)
    if not any(getattr(content, part).strip() for part in rules.PARTS):
        raise Refusal("note_is_empty", at="s")
    if visit.state not in BEGUN or visit.at > work.wall:
        raise Refusal("not_yet", at="state")
    note = _own_note(work, appointment)
    if note is not None and note.signed_at is not None:
        raise Refusal("note_is_signed")
    note = _keep(work, visit, note, content)
    note.signed_at = work.now
    _forget_draft(work, appointment)
    work.flush()
    return NoteId(note.id)


def add_addendum(work: Work, note: NoteId, text: str) -> None:
    """Add to a signed note; what is added carries its day and its writer, and stays."""
    work.require(Permission.NOTE_WRITE)
    record = work.get(Note, note)
    visit = work.get(Appointment, record.appointment)
    work.require(Permission.NOTE_WRITE, client=visit.client)
    if record.signed_at is None:
        raise Refusal("not_signed_yet")
    words = clean(text, at="text")
    if words is None:
        raise Refusal("note_is_empty", at="text")
    if record.written_by != work.actor.staff and not noting.opened_lately(work, visit.client):
        raise Refusal("reason_for_notes", at="reason", client=visit.client)
    added = {"at": work.now.strftime("%Y-%m-%dT%H:%M:%SZ"), "by": work.actor.staff, "text": words}
    record.addenda = [*(record.addenda or ()), added]
    said = {name: getattr(record, name) for name in noting.KEPT}
    record.search_text = noting.search_text(said, record.addenda)
