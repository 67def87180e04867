"""The gate: a visit passes it when it is booked, moved, confirmed and begun, or is held or turned down there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.records import Staff, Treatment
from clinic.rules.contraindications import Moment, Severity, to_apply
from clinic.values import TREATING, Refusal, State
from clinic.workroom import clearing, deciding, judging, standings

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from clinic.records import Appointment
    from clinic.rules.contraindications import Override
    from clinic.storage.work import Work
    from clinic.workroom.judging import Judged


def at_booking(
    work: Work,
    wanted: Appointment,
    overrides: Sequence[Override],
) -> tuple[Judged, Severity]:
    """Judge a visit before its time is held: it comes through, is only held, or is turned down."""
    found = _judged(work, wanted)
    left = deciding.settle(work, found, overrides)
    deciding.refuse(work, found, left, wanted.client)
    if left is Severity.S3:
        wanted.state = State.TENTATIVE
    return found, left


def booked(
    work: Work, record: Appointment, found: Judged, left: Severity, overrides: Sequence[Override]
) -> bool:
    """Keep what was decided on a visit now that its time is held, and tell whether a clinician is to be asked."""
    return _keep(work, record, found, left, overrides, first=True)


def _keep(
    work: Work,
    record: Appointment,
    found: Judged,
    left: Severity,
    overrides: Sequence[Override],
    *,
    first: bool = False,
) -> bool:
    if deciding.deserves_record(found.outcome, overrides):
        deciding.keep(work, record.id, found, overrides)
    standings.stand(work, record, found.outcome, left, first=first)
    request = clearing.open_for(work, record.client, found.outcome, overrides, appointment=record.id)
    return request is not None


def at_move(work: Work, record: Appointment, overrides: Sequence[Override]) -> None:
    """Judge a visit for its new time; what lies in the past is not judged."""
    if record.at < work.wall:
        return
    found, left = _again(work, record, overrides)
    deciding.refuse(work, found, left, record.client)
    if left is Severity.S3:
        record.state = State.TENTATIVE
        _keep(work, record, found, left, overrides)
    else:
        if deciding.deserves_record(found.outcome, overrides):
            deciding.keep(work, record.id, found, overrides)
        standings.stand(work, record, found.outcome, left)


def hold(work: Work, record: Appointment) -> None:
    """Only hold the time of a visit that was confirmed, and ask a clinician where one can lift what stops it."""
    record.state = State.TENTATIVE
    found, left = _again(work, record, ())
    _keep(work, record, found, left, ())


def let_through(work: Work, record: Appointment, overrides: Sequence[Override]) -> None:
    """Let a visit ahead through against the rules; what is not gone against still stops it."""
    found, left = _again(work, record, overrides)
    _pass(work, record, found, left)
    record.state = State.CONFIRMED
    deciding.keep(work, record.id, found, overrides)
    standings.stand(work, record, found.outcome, left)


def at_step(
    work: Work, record: Appointment, to: State, overrides: Sequence[Override], applied: Collection[str] = ()
) -> None:
    """Let a visit go on: nobody confirms past a hold, and nobody is treated past what the day's check says."""
    if to is State.CONFIRMED:
        _pass(work, record, *_again(work, record, overrides))
    begins = to is State.IN_TREATMENT or (to is State.DONE and record.state is not State.IN_TREATMENT)
    if begins and record.at.date() >= work.today:
        _at_the_door(work, record, overrides, applied)


def _at_the_door(
    work: Work, record: Appointment, overrides: Sequence[Override], applied: Collection[str]
) -> None:
    """Judge a visit with the client there, and freeze with it the answers that were read and what was decided."""
    found = _judged(work, record, moment=Moment.CHECK_IN)
    if found.quick is None:
        raise Refusal("quick_check_missing", at="state")
    against = deciding.gone_against(work, [record.id], until=Severity.S3).get(record.id, {})
    left = deciding.settle(work, found, overrides, deciding.still_against(found.outcome, against))
    _pass(work, record, found, left)
    ticked = _modified(work, record, found, applied)
    deciding.keep(work, record.id, found, overrides, ticked)


def _modified(work: Work, record: Appointment, found: Judged, applied: Collection[str]) -> list[str]:
    """Let nothing begin before a therapist has ticked each modification; a tick on this very check still counts."""
    asked = to_apply(found.outcome)
    known = deciding.applied_before(work, record.id, found.quick)
    missing = set(asked) - set(applied) - known
    treats = work.actor.role in TREATING
    if asked and not treats and set(asked) - known:
        raise Refusal("therapist_begins", at="state")
    if missing:
        raise Refusal("modifications_open", at="applied")
    return [rule for rule in asked if rule in {*applied, *known}]


def _pass(work: Work, record: Appointment, found: Judged, left: Severity) -> None:
    deciding.refuse(work, found, left, record.client)
    if left is Severity.S3:
        raise Refusal("rules_hold", at="state")


def _again(work: Work, record: Appointment, overrides: Sequence[Override]) -> tuple[Judged, Severity]:
    """Judge a visit that is booked already, apart from what was gone against before."""
    found = _judged(work, record)
    against = deciding.gone_against(work, [record.id]).get(record.id, {})
    return found, deciding.settle(work, found, overrides, deciding.still_against(found.outcome, against))


def _judged(work: Work, record: Appointment, *, moment: Moment = Moment.BOOKING) -> Judged:
    now = moment is Moment.CHECK_IN and record.at.date() == work.today
    return judging.of_one(
        work,
        record.client,
        at=max(record.at, work.wall) if now else record.at,
        treatment=work.get(Treatment, record.treatment),
        staff=work.get(Staff, record.staff),
        minutes=record.minutes,
        sites=record.sites or (),
        products=record.products or (),
        moment=moment,
    )
