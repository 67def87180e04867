"""Giving a visit up: why, whether it is late and what is then asked; and the free pass."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from clinic.office import booking, flow
from clinic.office.flow import Pass, Reason
from clinic.values import State
from clinic.wording import _, clock, day, money, ngettext
from clinic.wording.visits import reason as said
from ui.screens.booking import open_waiting_matches
from ui.screens.today import words
from ui.screens.today.reasons import Reasons
from ui.screens.today.terms import TermsPanel
from ui.screens.today.words import Do
from ui.undo import Step
from ui.widgets.buttons import link

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from clinic.office.booking import Moved
    from clinic.office.flow import GivingUp
    from clinic.office.today import VisitRow
    from clinic.values import AppointmentId
    from ui.screen import Counter

CANCELLING = (
    Reason.NO_TIME,
    Reason.UNWELL,
    Reason.ON_THE_WAY,
    Reason.THERAPIST_AWAY,
    Reason.BY_MISTAKE,
)
DECLINING = (Reason.NOT_SAFE, Reason.UNWELL)


def cancel(counter: Counter, visit: AppointmentId, then: Callable[[Moved], object] | None = None) -> None:
    """Ask why a visit is cancelled, say whether that is late, and cancel it; `then` hears of it."""
    counter.runner.ask(
        partial(flow.before_giving_up, appointment=visit),
        lambda facts: _show(counter, _cancelling(counter, facts, then)),
    )


def decline(counter: Counter, visit: VisitRow, then: Callable[[Moved], object] | None = None) -> None:
    """Ask why a client is sent home untreated; `then` hears of it."""

    def take(reason: str) -> None:
        task = partial(flow.decline, appointment=visit.id, reason=reason)
        counter.runner.do(task, partial(_given_up, counter, Do.DECLINE, task, then))

    panel = Reasons(
        (_("Not treated today"), _who(visit.client_name, visit)),
        _worded(DECLINING),
        take,
        counter.hide_panel,
        note=(_("Nothing is asked for this visit."), _("Health details belong in the note, not here.")),
        keep=_("Keep the visit"),
    )
    _show(counter, panel)


def free_pass(counter: Counter, visit: VisitRow) -> None:
    """Ask why nothing is asked this time for a visit that was missed."""

    def take(reason: str) -> None:
        give = partial(flow.waive, appointment=visit.id, reason=reason)
        counter.runner.do(give, lambda _done: passed(give))

    def passed(give: partial[AppointmentId]) -> None:
        runner = counter.runner
        counter.hide_panel()
        step = Step(
            _("free pass"),
            lambda: runner.do(partial(flow.ask_after_all, appointment=visit.id), _nothing),
            lambda: runner.do(give, _nothing),
        )
        counter.toast(_("A free pass: nothing is asked this time."), step)

    panel = Reasons(
        (_("Free pass"), _who(visit.client_name, visit)),
        [(each, said(each)) for each in Pass],
        take,
        counter.hide_panel,
        note=(_("{amount} is asked by the practice's terms.").format(amount=money(visit.fee)),),
        keep=_("Ask the fee"),
    )
    _show(counter, panel)


def ask_after_all(counter: Counter, visit: VisitRow) -> None:
    """Take a free pass back."""
    task = partial(flow.ask_after_all, appointment=visit.id)

    def asked(reason: str) -> None:
        runner = counter.runner
        again = partial(flow.waive, appointment=visit.id, reason=reason)
        counter.toast(
            _("The fee is asked after all."),
            Step(
                _("fee"),
                lambda: runner.do(again, _nothing),
                lambda: runner.do(task, _nothing),
            ),
        )

    counter.runner.do(task, asked)


def _cancelling(counter: Counter, facts: GivingUp, then: Callable[[Moved], object] | None) -> Reasons:
    terms = None
    if facts.late and facts.may_change_terms:
        terms = link(_("Notice and fees"), lambda: TermsPanel.open_in(counter))
    panel: Reasons | None = None

    def take(reason: str) -> None:
        free = panel is not None and panel.free.isChecked()
        task = partial(flow.give_up, appointment=facts.appointment, reason=reason, free=free)
        counter.runner.do(task, partial(_given_up, counter, Do.CANCEL, task, then))

    when = _("{on}, {time}").format(on=day(facts.at.date()), time=clock(facts.at))
    panel = Reasons(
        (
            _("Cancel the visit"),
            _("{name}, {when}, {treatment}").format(name=facts.name, when=when, treatment=facts.treatment),
        ),
        _worded(CANCELLING),
        take,
        counter.hide_panel,
        note=_late(facts),
        offer=_("Free pass: ask nothing this time") if facts.fee else "",
        keep=_("Keep the visit"),
        beside=terms,
    )
    return panel


def _late(facts: GivingUp) -> tuple[str, ...]:
    if not facts.late:
        return ()
    hours = ngettext(
        "Late: the practice asks for {n} hour of notice",
        "Late: the practice asks for {n} hours of notice",
        facts.hours,
    ).format(n=facts.hours)
    if not facts.fee:
        return (hours, _("Its terms ask nothing for a late cancellation."))
    fee = _("{amount} will be proposed at the till, never as care.").format(amount=money(facts.fee))
    return (hours, fee)


def _given_up(
    counter: Counter,
    do: Do,
    task: partial[Moved],
    then: Callable[[Moved], object] | None,
    before: Moved,
) -> None:
    runner = counter.runner
    words_, name = words.done(do)
    back = partial(booking.put_back, before=before)
    counter.hide_panel()
    counter.toast(words_, Step(name, lambda: runner.do(back, _nothing), lambda: runner.do(task, _nothing)))
    if then is not None:
        then(before)
    open_waiting_matches(counter, before.appointment)


def _worded(reasons: tuple[Reason, ...]) -> list[tuple[str, str]]:
    return [(each, said(each)) for each in reasons]


def _who(name: str, visit: VisitRow) -> str:
    what = _("{name}, {time}, {treatment}")
    fell_through = {State.NO_SHOW: _("did not come"), State.LATE_CANCEL: _("cancelled late")}
    told = what.format(name=name, time=clock(visit.at), treatment=visit.treatment)
    return f"{told}, {fell_through[visit.state]}" if visit.state in fell_through else told


def _show(counter: Counter, panel: QWidget) -> None:
    counter.show_panel(panel)
    QTimer.singleShot(0, panel, panel.setFocus)


def _nothing(_answer: object) -> None:
    """Say nothing: the screen shows it."""
