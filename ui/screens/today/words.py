"""How the day says things: where a visit stands, what it lacks, and the one step that comes next."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from clinic.values import State
from clinic.wording import _, clock, money, ngettext
from clinic.wording.visits import reason

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.office.today import Day, VisitRow

FELL_THROUGH = frozenset({State.NO_SHOW, State.LATE_CANCEL, State.CANCELLED, State.DECLINED})
LATE = timedelta(minutes=5)
"""Nobody is called late before that."""
LOUD = 10
"""Minutes that somebody waits before that is said aloud."""


class Do(Enum):
    """What can be done with a visit from here."""

    CONFIRM = auto()
    ARRIVE = auto()
    BEGIN = auto()
    FINISH = auto()
    CANCEL = auto()
    MISS = auto()
    DECLINE = auto()
    FREE_PASS = auto()
    ASK_FEE = auto()
    PAY = auto()
    REBOOK = auto()
    CHANGE = auto()
    OPEN = auto()
    NOTE = auto()
    FORM = auto()


LEADS_TO = {
    Do.CONFIRM: State.CONFIRMED,
    Do.ARRIVE: State.ARRIVED,
    Do.BEGIN: State.IN_TREATMENT,
    Do.FINISH: State.DONE,
    Do.MISS: State.NO_SHOW,
}


class Group(NamedTuple):
    """Visits that stand alike."""

    key: str
    words: str
    icon: str
    visits: tuple[VisitRow, ...]


class Remark(NamedTuple):
    """A few words on a visit, loud where something is missing."""

    words: str
    icon: str = ""
    missing: bool = False
    loud: bool = False
    """Said in heavier type: somebody is waiting."""


def button(do: Do) -> str:
    """Name a step on its button."""
    return {
        Do.CONFIRM: _("Confirm"),
        Do.ARRIVE: _("Arrive"),
        Do.BEGIN: _("Begin"),
        Do.FINISH: _("Done"),
        Do.CANCEL: _("Cancel visit"),
        Do.MISS: _("Did not come"),
        Do.DECLINE: _("Not treated"),
        Do.FREE_PASS: _("Free pass"),
        Do.ASK_FEE: _("Ask the fee after all"),
        Do.PAY: _("Take payment"),
        Do.REBOOK: _("Rebook"),
        Do.CHANGE: _("Change"),
        Do.OPEN: _("Open chart"),
        Do.NOTE: _("Note"),
        Do.FORM: _("Hand over form"),
    }[do]


def done(do: Do) -> tuple[str, str]:
    """Say what was done, and name it for the undo."""
    return {
        Do.CONFIRM: (_("The visit is confirmed."), _("confirmation")),
        Do.ARRIVE: (_("Arrived."), _("arrival")),
        Do.BEGIN: (_("The treatment has begun."), _("beginning of treatment")),
        Do.FINISH: (_("The visit is done."), _("end of treatment")),
        Do.CANCEL: (_("The visit is cancelled."), _("cancellation")),
        Do.MISS: (_("Noted that nobody came."), _("no-show")),
        Do.DECLINE: (_("The visit was not given."), _("declining")),
    }[do]


def next_step(visit: VisitRow, day: Day) -> Do:
    """Choose the one step that comes next."""
    owing = not visit.charged or visit.open.cents > 0
    match visit.state:
        case State.TENTATIVE if day.may_change:
            step = Do.CONFIRM
        case State.CONFIRMED if day.may_change and visit.at.date() <= day.now.date():
            step = Do.ARRIVE
        case State.ARRIVED if day.may_change:
            step = Do.BEGIN
        case State.IN_TREATMENT if day.may_change:
            step = Do.FINISH
        case State.DONE if owing and day.may_take_money:
            step = Do.PAY
        case State.NO_SHOW | State.LATE_CANCEL if day.may_take_money and (visit.fee or visit.open.cents > 0):
            step = Do.PAY
        case State.DONE | State.NO_SHOW | State.LATE_CANCEL | State.CANCELLED | State.DECLINED if (
            day.may_change
        ):
            step = Do.REBOOK
        case _:
            step = Do.OPEN
    return step


def remark(visit: VisitRow, now: datetime) -> Remark:
    """Say where a visit stands beyond its group, or what it lacks."""
    if visit.state is State.DONE:
        return _after(visit)
    if visit.state in {State.TENTATIVE, State.CONFIRMED}:
        return _ahead(visit, now)
    if visit.state is State.ARRIVED:
        return _here(visit, now)
    if visit.state is State.IN_TREATMENT:
        said = _("ends {end}") if visit.end >= now else _("was to end {end}")
        return Remark(said.format(end=clock(visit.end)))
    return _off(visit)


def _here(visit: VisitRow, now: datetime) -> Remark:
    """Say how long somebody has been waiting, louder once it is long."""
    begins = _("begins {start}") if visit.at >= now else _("was to begin {start}")
    told = begins.format(start=clock(visit.at))
    if visit.since is None or visit.since.date() != now.date():
        return Remark(told)
    waited = int((now - visit.since).total_seconds() // 60)
    if waited < 1:
        return Remark(told)
    waits = ngettext("Waiting {n} min", "Waiting {n} min", waited).format(n=waited)
    loud = waited >= LOUD
    return Remark(f"{waits}\n{told}", "hourglass" if loud else "", missing=loud, loud=loud)


def _off(visit: VisitRow) -> Remark:
    """Say what kept a visit from taking place, and what is asked for it."""
    said = {
        State.NO_SHOW: _("did not come"),
        State.LATE_CANCEL: _("cancelled late"),
        State.CANCELLED: _("cancelled"),
        State.DECLINED: _("not given"),
    }[visit.state]
    why = reason(visit.reason)
    told = [f"{said}, {why}" if why else said]
    if visit.fee:
        told.append(_("Fee of {amount} not charged").format(amount=money(visit.fee)))
    elif visit.waived:
        told.append(_("Free pass"))
    elif visit.open.cents > 0:
        told.append(_("Unpaid, {amount}").format(amount=money(visit.open)))
    return Remark("\n".join(told), missing=bool(visit.fee) or visit.open.cents > 0)


def _ahead(visit: VisitRow, now: datetime) -> Remark:
    if visit.at + LATE < now and visit.at.date() == now.date():
        minutes = int((now - visit.at).total_seconds() // 60)
        return Remark(_("{n} min late").format(n=minutes), "clock", missing=True)
    if visit.state is State.TENTATIVE:
        return Remark(_("not confirmed yet"))
    return letter(visit)


def letter(visit: VisitRow) -> Remark:
    """Say which visit of its letter this is."""
    if visit.letter_visit is not None and visit.letter_visits is not None:
        counted = _("Visit {n} of {of}").format(n=visit.letter_visit, of=visit.letter_visits)
        return Remark(counted, "file-text")
    return Remark(_("Under a letter"), "file-text") if visit.letter else Remark("")


def _after(visit: VisitRow) -> Remark:
    lacking = []
    if not visit.charged:
        lacking.append(_("Not charged yet"))
    elif visit.open.cents > 0:
        lacking.append(_("Unpaid, {amount}").format(amount=money(visit.open)))
    if visit.noted and not visit.signed:
        lacking.append(_("Note not signed"))
    if lacking:
        return Remark("\n".join(lacking), missing=True)
    return Remark(_("Paid, signed") if visit.signed else _("Paid"), "check")


def grouped(day: Day, visits: tuple[VisitRow, ...]) -> tuple[Group, ...]:
    """Put the day's visits together by where they stand; what is over begins with the latest today."""
    today = day.on == day.now.date()

    def those(*states: State) -> tuple[VisitRow, ...]:
        return tuple(visit for visit in visits if visit.state in states)

    over = those(State.DONE)
    groups = (
        Group("on", _("In treatment"), "activity", those(State.IN_TREATMENT)),
        Group("arrived", _("Arrived"), "door-open", those(State.ARRIVED)),
        Group("coming", _("Still to come"), "clock", those(State.TENTATIVE, State.CONFIRMED)),
        Group("done", _("Done"), "check", over[::-1] if today else over),
        Group("off", _("Did not take place"), "calendar-x", those(*FELL_THROUGH)),
    )
    return tuple(group for group in groups if group.visits)


def counts(visits: tuple[VisitRow, ...]) -> tuple[tuple[str, int], ...]:
    """Count the visits by where they stand."""
    shown = (
        (_("Booked"), {State.TENTATIVE}),
        (_("Confirmed"), {State.CONFIRMED}),
        (_("Arrived"), {State.ARRIVED}),
        (_("In treatment"), {State.IN_TREATMENT}),
        (_("Done"), {State.DONE}),
    )
    return tuple((words, sum(visit.state in states for visit in visits)) for words, states in shown)
