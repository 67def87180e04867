"""At the door: what stops a visit that was to be confirmed or begun, the safe way on, and the way past it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic.office import booking, flag_cards, intake
from clinic.values import State
from clinic.wording import _, clock
from clinic.wording.refusals import sentence
from ui.again import Again
from ui.panel import Head
from ui.screens.booking.verdict import Verdict
from ui.screens.today import giving_up
from ui.screens.today.adapting import Adapting
from ui.screens.today.quick_check import QuickCheckPanel, put_up
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Page, column

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clinic.office.booking import Moved
    from clinic.office.flag_cards import Override, Seen
    from clinic.office.intake import QuickCheck
    from clinic.office.today import VisitRow
    from clinic.values import Refusal
    from ui.screen import Counter

STOPPED = frozenset({"rules_hold", "rules_refuse", "rules_emergency"})
"""Refusals that the flags of the visit explain."""
ADAPTED = "modifications_open"


class AtTheDoor(QWidget):
    """The flags of one visit that does not go on by itself."""

    tinted = Signal(str)

    def __init__(
        self, counter: Counter, visit: VisitRow, to: State, today: date, then: Callable[[Moved], object]
    ) -> None:
        super().__init__()
        self._counter, self._visit, self._to, self._today, self._then = counter, visit, to, today, then
        begins = to is State.IN_TREATMENT
        title = _("Not treated as it stands") if begins else _("Not confirmed as it stands")
        self.setAccessibleName(title)
        under = _("{name}, {time}").format(name=visit.client_name, time=clock(visit.at))
        self.verdict = Verdict()
        self.verdict.override_asked.connect(self._override)
        self.verdict.going.say(_("Go ahead against the flags"))
        self.button = primary(_("Send home untreated"), self._decline, icon="door-open")
        self.again = quiet(_("Ask and measure again"), self._ask_again)
        if not begins:
            self.button = primary(_("Leave it held"), counter.hide_panel, icon="hourglass")
            self.again.hide()
        self._page = Page(margin=18)
        self._page.body.addWidget(Head(title, under, counter.hide_panel))
        self._page.body.addWidget(self.verdict)
        self._page.body.addStretch(1)
        foot = QFrame()
        foot.setProperty("role", "line")
        foot.setLayout(column(self.button, self.again, self.verdict.opening, spacing=8, margin=16))
        self._foot = foot
        self.setLayout(column(self._page, foot, spacing=0))
        self.setFocusProxy(self.button)
        moment = "check_in" if begins else "booking"
        counter.runner.ask(
            partial(flag_cards.of_booked, appointment=visit.id, moment=moment), self._show, self._refused
        )

    def minimumSizeHint(self) -> QSize:
        inner = self._page.widget()
        widest = inner.minimumSizeHint().width() if inner is not None else 0
        return QSize(max(widest, self._foot.minimumSizeHint().width()), 0)

    def _show(self, seen: Seen) -> None:
        self.verdict.show_seen(seen, self._today)
        self.tinted.emit("" if seen.outcome == "S0" else seen.outcome)
        QTimer.singleShot(0, self.button, self.button.setFocus)

    def _decline(self) -> None:
        giving_up.decline(self._counter, self._visit, self._then)

    def _ask_again(self) -> None:
        """Put the questions of the day once more, as after a rest and a second reading."""

        def show(check: QuickCheck) -> None:
            panel = QuickCheckPanel(self._counter, check, _("begin"))
            panel.kept.connect(lambda _visit: counter.hide_panel())
            panel.kept.connect(lambda _visit: go_on(counter, visit, to, today, then))
            put_up(counter, panel)

        counter, visit, to, today, then = self._counter, self._visit, self._to, self._today, self._then
        counter.runner.ask(partial(intake.quick_check, appointment=visit.id), show, self._refused)

    def _override(self) -> None:
        overrides, seen = self.verdict.overrides, self.verdict.seen
        if seen is not None and seen.left == "S4":
            why = _("Only the owner goes against a flag that puts a visit off, and gives the password first.")
            Again(self, self._counter, why, lambda: self._go(overrides)).open()
        else:
            self._go(overrides)

    def _go(self, overrides: tuple[Override, ...]) -> None:
        task = partial(booking.advance, appointment=self._visit.id, to=self._to, overrides=overrides)
        self._counter.runner.do(task, self._went, self._refused)

    def _went(self, before: Moved) -> None:
        self._counter.hide_panel()
        self._then(before)

    def _refused(self, refusal: Refusal) -> None:
        if refusal.code == ADAPTED:
            _adapt(
                self._counter,
                self._visit,
                self._to,
                self._today,
                self._then,
                overrides=self.verdict.overrides,
            )
        else:
            self.verdict.say(sentence(refusal))


def _adapt(
    counter: Counter,
    visit: VisitRow,
    to: State,
    today: date,
    then: Callable[[Moved], object],
    *,
    overrides: tuple[Override, ...] = (),
) -> None:
    panel = Adapting(counter, visit, to, today, then, overrides=overrides)
    panel.tinted.connect(counter.tint_panel)
    counter.show_panel(panel)


def go_on(counter: Counter, visit: VisitRow, to: State, today: date, then: Callable[[Moved], object]) -> None:
    """Take a step with a visit; where the flags stop it, show them."""

    def stopped(refusal: Refusal) -> None:
        if refusal.code == ADAPTED:
            _adapt(counter, visit, to, today, then)
            return
        if refusal.code not in STOPPED:
            counter.runner.refused.emit(refusal)
            return
        panel = AtTheDoor(counter, visit, to, today, then)
        panel.tinted.connect(counter.tint_panel)
        counter.show_panel(panel)

    counter.runner.do(partial(booking.advance, appointment=visit.id, to=to), then, stopped)
