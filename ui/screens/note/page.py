"""What the screen of a note asks the office for, all on one moment of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from clinic.office import body_map, cards, measures, note_list, notes, phrases, plans
from clinic.values import Refusal

if TYPE_CHECKING:
    from clinic.office.cards import VisitCard
    from clinic.office.measures import Series
    from clinic.office.note_list import NoteRow
    from clinic.office.notes import Opened
    from clinic.office.phrases import PhraseRow
    from clinic.office.plans import PlanCard
    from clinic.values import AppointmentId, NoteId


@dataclass(frozen=True, slots=True)
class OfVisit:
    """The note of a visit, and where one came from."""

    appointment: AppointmentId
    back: str = "today"


@dataclass(frozen=True, slots=True)
class OfNote:
    """A note by itself, and where one came from."""

    note: NoteId
    back: str = "clients"


class Page(NamedTuple):
    """All that the screen of a note shows."""

    opened: Opened
    card: VisitCard | None
    last: NoteRow | None
    past: tuple[NoteRow, ...]
    series: tuple[Series, ...]
    avoid: frozenset[str]
    phrases: tuple[PhraseRow, ...]
    plan: PlanCard | None


def page_of(work: Any, what: OfVisit | OfNote, reason: str = "") -> Page:
    """Open a note with what stands around it."""
    opened = (
        notes.open_visit(work, what.appointment, reason=reason)
        if isinstance(what, OfVisit)
        else notes.open_note(work, what.note, reason=reason)
    )
    all_notes = note_list.of_client(work, opened.client)
    past = tuple(note for note in all_notes if note.at < opened.at)
    until = tuple(note for note in all_notes if note.at <= opened.at)
    return Page(
        opened,
        _card(work, opened),
        next((note for note in reversed(past) if note.signed), None),
        past,
        measures.series(until),
        body_map.avoided(work, opened),
        phrases.mine(work),
        plans.current(work, opened.client),
    )


def _card(work: Any, opened: Opened) -> VisitCard | None:
    """Take the visit's card; whoever covers for a colleague may read the note and not the calendar."""
    try:
        return cards.of_visit(work, opened.appointment)
    except Refusal:
        return None
