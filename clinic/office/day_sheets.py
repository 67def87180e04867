"""Day sheets: a therapist's day on paper, for the wall of the room or the pocket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.documents import day_sheet
from clinic.documents.day_sheet import DaySheet, DayVisit
from clinic.office import today
from clinic.records import Client
from clinic.rules.permissions import Permission
from clinic.values import HOLDING
from clinic.wording import _, money
from clinic.workroom import facts, sheets

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from clinic.office.today import VisitRow
    from clinic.storage.work import Work
    from clinic.values import StaffId


def print_day(work: Work, *, on: date | None = None, staff: Collection[StaffId] = ()) -> bytes:
    """Print the day of these therapists, or of everybody who has visits; a therapist prints their own."""
    work.require(Permission.CALENDAR_SEE)
    shown = today.day(work, on=on)
    visits = [visit for visit in shown.visits if visit.state in HOLDING]
    wanted = [visit for visit in visits if not staff or visit.staff in staff]
    people: dict[str, str] = {visit.staff: visit.staff_name for visit in wanted}
    wishes = _wishes(work, {visit.client for visit in wanted})
    station = sheets.stationery(work, facts.policy_of(work.practice.settings))
    return day_sheet.pdf(
        DaySheet(
            station.letterhead,
            shown.on,
            work.wall,
            tuple(
                (name, tuple(_visit(visit, wishes) for visit in wanted if visit.staff == person))
                for person, name in sorted(people.items(), key=lambda each: each[1])
            )
            or (("", ()),),
            format=station.format,
        )
    )


def _wishes(work: Work, clients: Collection[str]) -> dict[str, str]:
    asked = select(Client.id, Client.wishes).where(Client.id.in_(clients), Client.wishes.is_not(None))
    return {row.id: row.wishes for row in work.run(asked)}


def _visit(visit: VisitRow, wishes: dict[str, str]) -> DayVisit:
    remarks = []
    if visit.letter_visit is not None and visit.letter_visits is not None:
        remarks.append(_("Visit {n} of {of}").format(n=visit.letter_visit, of=visit.letter_visits))
    if visit.client in wishes:
        remarks.append(wishes[visit.client])
    if visit.open.cents > 0:
        remarks.append(_("{amount} open").format(amount=money(visit.open)))
    return DayVisit(
        visit.at,
        visit.minutes,
        visit.client_name,
        visit.treatment,
        visit.room or "",
        (" · ".join(remarks),) if remarks else (),
    )
