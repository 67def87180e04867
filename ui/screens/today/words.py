"""How Today speaks of a visit: its state, what it lacks, the next step, the colour of its treatment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.values import State, Technique
from clinic.wording import _, clock, money

if TYPE_CHECKING:
    from clinic.office.today import VisitRow

COLOURS = {
    Technique.SWEDISH: "pine",
    Technique.THERAPEUTIC: "sea",
    Technique.DEEP_TISSUE: "clay",
    Technique.TRIGGER_POINT: "slate",
    Technique.MYOFASCIAL: "plum",
    Technique.PRENATAL: "rose",
    Technique.LYMPHATIC: "moss",
    Technique.HOT_STONE: "ochre",
    Technique.SPORTS: "ochre",
    Technique.CUPPING: "slate",
}
"""The token of each treatment's colour; a word always stands beside it."""

GONE = frozenset({State.NO_SHOW, State.LATE_CANCEL, State.CANCELLED, State.DECLINED})


def state(of: State) -> str:
    """Say where a visit stands."""
    return {
        State.TENTATIVE: _("Held"),
        State.CONFIRMED: _("Confirmed"),
        State.ARRIVED: _("Arrived"),
        State.IN_TREATMENT: _("In treatment"),
        State.DONE: _("Done"),
        State.NO_SHOW: _("No-show"),
        State.LATE_CANCEL: _("Late cancel"),
        State.CANCELLED: _("Cancelled"),
        State.DECLINED: _("Declined"),
    }[of]


def remark(visit: VisitRow) -> str:
    """Say what a visit lacks, or where it stands."""
    if visit.state is State.IN_TREATMENT:
        return _("ends {time}").format(time=clock(visit.end))
    if visit.state is State.DONE:
        return _done(visit)
    return state(visit.state)


def _done(visit: VisitRow) -> str:
    if visit.open:
        return _("Unpaid, {amount}").format(amount=money(visit.open))
    if not visit.charged:
        return _("Not charged yet")
    if visit.noted and not visit.signed:
        return _("Note not signed")
    return _("Paid, signed") if visit.signed else _("Paid")


def is_settled(visit: VisitRow) -> bool:
    """Tell whether nothing is left to do for a visit that took place."""
    return (
        visit.state is State.DONE and visit.charged and not visit.open and (visit.signed or not visit.noted)
    )


def letter(visit: VisitRow) -> str:
    """Say which of a letter's visits it is."""
    if visit.letter is None or visit.letter_visit is None:
        return ""
    return _("Visit {n} of {whole}").format(n=visit.letter_visit, whole=visit.letter_visits)


def next_step(visit: VisitRow) -> str:
    """Name the one button of a visit: what is usually done next."""
    if visit.state in {State.TENTATIVE, State.CONFIRMED}:
        return _("Arrive")
    if visit.state is State.ARRIVED:
        return _("Begin")
    if visit.state is State.IN_TREATMENT:
        return _("Finish")
    if visit.state is State.DONE and (visit.open or not visit.charged):
        return _("Take payment")
    return _("Rebook")
