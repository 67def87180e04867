"""Notes on paper: printed as they stand, with who printed them in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.documents import note as papers
from clinic.documents.note import NoteSheet, Way
from clinic.exchange.body import drawn
from clinic.office import body_map, measures, note_list, notes
from clinic.records import Appointment, Client, Letter
from clinic.records import Note as NoteRecord
from clinic.rules.permissions import Permission
from clinic.wording import outcomes
from clinic.workroom import facts, sheets

if TYPE_CHECKING:
    from clinic.office.measures import Series
    from clinic.office.notes import Content
    from clinic.storage.work import Work
    from clinic.values import NoteId


def print_note(work: Work, note: NoteId) -> bytes:
    """Print a note; another therapist's only once a reason opened it."""
    work.require(Permission.NOTE_READ)
    opened = notes.open_note(work, note)
    record = work.get(NoteRecord, note)
    visit = work.get(Appointment, record.appointment)
    client = work.get(Client, visit.client)
    letter = work.get(Letter, visit.letter) if visit.letter else None
    station = sheets.stationery(work, facts.policy_of(work.practice.settings))
    until = [each for each in note_list.of_client(work, opened.client) if each.at <= opened.at]
    work.note("printed", f"notes/{note}")
    return papers.pdf(
        NoteSheet(
            practice=station.letterhead,
            number=visit.at.date().isoformat(),
            client=client.name,
            born=client.born,
            allergies=opened.allergies,
            at=opened.at,
            minutes=opened.minutes,
            treatment=opened.treatment,
            practitioner=station.practitioners[record.written_by],
            letter=(letter.number or "") if letter else "",
            content=opened.content,
            lines=body_map.lines(opened.content.marks, opened.content.treated),
            figures=drawn(),
            avoid=body_map.avoided(work, opened),
            ways=tuple(_way(opened.content, each) for each in measures.series(until)),
            addenda=tuple((each.at, each.by, each.text) for each in opened.addenda),
            signed_at=opened.signed_at,
            days_late=opened.days_late,
            printed_at=work.wall,
            format=station.format,
        )
    )


def _way(content: Content, series: Series) -> Way:
    def value(when: str) -> str:
        found = (
            m.value for m in content.measures if (m.tool, m.of, m.when) == (series.tool, series.of, when)
        )
        return next((outcomes.number(each) for each in found), "")

    said = ""
    if series.change is not None:
        said = outcomes.went(
            series.tool.value,
            series.change.by,
            len(series.points),
            better=series.change.better,
            matters=series.change.matters,
        )
    return Way(
        outcomes.measure(series.tool.value, series.of),
        outcomes.unit(series.tool.value),
        value("before"),
        value("after"),
        tuple(point.value for point in series.points if point.value is not None),
        said,
    )
