"""Steps: the record of when a visit moved on, kept as it moves and taken away by an undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from clinic.records import Step

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from clinic.records import Appointment
    from clinic.storage.work import Work
    from clinic.values import State


def take(work: Work, visit: Appointment, to: State) -> None:
    """Move a visit on, and remember when and by whom."""
    visit.state = to
    work.add(Step(id=work.new_id(), appointment=visit.id, state=to, at=work.now, by=work.actor.staff))


def of(work: Work, visit: str) -> tuple[str, ...]:
    """Name the steps a visit has taken so far."""
    asked = select(Step.id).where(Step.appointment == visit).order_by(Step.at, Step.id)
    return tuple(work.session.scalars(asked))


def go_back(work: Work, visit: str, kept: Collection[str]) -> None:
    """Take away the steps that were taken since only these were."""
    for step in work.session.scalars(select(Step).where(Step.appointment == visit)):
        if step.id not in kept:
            work.session.delete(step)


def since(work: Work, visits: Collection[str]) -> dict[str, datetime]:
    """Tell since when each of these visits stands where it stands, on the practice's wall."""
    asked = select(Step.appointment, func.max(Step.at).label("at")).where(Step.appointment.in_(visits))
    return {
        row.appointment: row.at.astimezone(work.zone).replace(tzinfo=None)
        for row in work.run(asked.group_by(Step.appointment))
    }
