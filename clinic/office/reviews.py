"""Reviews: a visit ahead that the rules came to stop is held, let through with a reason, or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office import booking
from clinic.records import Appointment
from clinic.rules.permissions import Permission
from clinic.values import COMING, Refusal, State
from clinic.workroom import gate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic.office.booking import Moved
    from clinic.rules.contraindications import Override
    from clinic.storage.work import Work
    from clinic.values import AppointmentId


def hold(work: Work, appointment: AppointmentId) -> Moved:
    """Take back a confirmation that no longer stands: the time stays held, and a clinician is asked where one can."""
    work.require(Permission.CALENDAR_CHANGE)
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_CHANGE, staff=record.staff)
    if record.state is not State.CONFIRMED:
        raise Refusal("wrong_state", at="state", state=record.state.value, to=State.TENTATIVE.value)
    before = booking.as_it_stands(work, appointment)
    gate.hold(work, record)
    return before


def let_through(work: Work, appointment: AppointmentId, *, overrides: Sequence[Override]) -> None:
    """Go against what stops a visit ahead, with a reason that is kept with it; a held one is confirmed by that."""
    work.require(Permission.CALENDAR_CHANGE)
    record = work.get(Appointment, appointment)
    work.require(Permission.CALENDAR_CHANGE, staff=record.staff)
    if record.state not in COMING:
        raise Refusal("wrong_state", at="state", state=record.state.value, to=State.CONFIRMED.value)
    gate.let_through(work, record, overrides)
