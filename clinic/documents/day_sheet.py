"""The day sheet: a therapist's day on paper, with what the room and the hands need and nothing of why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from clinic import wording
from clinic.documents import house, tables
from clinic.documents.paper import Paper
from clinic.documents.style import SMALL, STRONG
from clinic.documents.tables import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.documents.sheets import Format, Letterhead


@dataclass(frozen=True, slots=True)
class DayVisit:
    """A visit as the sheet names it."""

    at: datetime
    minutes: int
    client: str
    treatment: str
    room: str
    remarks: tuple[str, ...]
    """What to know: where the letter stands, wishes, what is open."""


@dataclass(frozen=True, slots=True)
class DaySheet:
    """One or several therapists' day."""

    practice: Letterhead
    on: date
    printed_at: datetime
    therapists: tuple[tuple[str, tuple[DayVisit, ...]], ...]
    language: str = "en"
    format: Format = "letter"


def pdf(sheet: DaySheet) -> bytes:
    """Print the day, a page or more for each therapist."""
    paper = Paper(
        sheet.practice,
        wording._("Day sheet", language=sheet.language),
        sheet.on.isoformat(),
        sheet.language,
        sheet.format,
    )
    _ = paper.say
    for place, (therapist, visits) in enumerate(sheet.therapists):
        if place:
            paper.turn()
        paper.bookmark(therapist)
        if not place:
            printed = _("Printed {moment}").format(moment=paper.moment(sheet.printed_at))
            house.letterhead(paper, [wording.long_day(sheet.on, language=sheet.language), printed])
        counted = paper.count("{n} visit", "{n} visits", len(visits))
        house.blocks(paper, [(0.0, _("Therapist"), therapist, [counted])])
        _visits(paper, visits)
    return house.printed(
        house.footed(paper, ""),
        dated=sheet.printed_at,
        subject=_("Visits of {day}").format(day=paper.day(sheet.on)),
    )


def _visits(paper: Paper, visits: Sequence[DayVisit]) -> None:
    _ = paper.say
    if not visits:
        tables.nothing(paper, _("No visits on this day."))
        return
    table = Table(
        (
            Column(_("Time"), 0, width=92),
            Column(_("Client"), 100, style=STRONG, width=150),
            Column(_("Treatment"), 262, style=SMALL, width=140),
            Column(_("Room"), 0, "right", SMALL),
        ),
        row=30,
    )
    tables.rows(
        paper,
        table,
        [
            Row(
                (
                    f"{wording.clock(visit.at)}, {visit.minutes}\u00a0min",
                    visit.client,
                    visit.treatment,
                    visit.room,
                ),
                visit.remarks,
            )
            for visit in visits
        ],
    )
    last = max(visit.at + timedelta(minutes=visit.minutes) for visit in visits)
    paper.y -= 18
    paper.page.text(paper.left, paper.y, _("Ends {time}").format(time=wording.clock(last)), SMALL)
