"""A visit ahead that the rules came to stop, or no longer hold: why, and the one safe way to settle it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic.office import booking, cards, flag_cards, reviews
from clinic.values import State
from clinic.wording import _, appointment, short_day
from clinic.wording.refusals import sentence
from ui.again import Again
from ui.panel import Head
from ui.screens.booking.panel import open_booking
from ui.screens.booking.verdict import Verdict, way_on
from ui.screens.booking.wanted import BookFor
from ui.undo import Step
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Page, column

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clinic.office.booking import Moved
    from clinic.office.cards import VisitCard
    from clinic.office.flag_cards import Override, Seen
    from clinic.values import AppointmentId, Refusal
    from ui.screen import Counter


class Review(QWidget):
    """One visit to be settled; it closes by itself once it is."""

    tinted = Signal(str)

    def __init__(
        self,
        counter: Counter,
        visit: AppointmentId,
        today: date,
        cancel: Callable[[AppointmentId], object],
    ) -> None:
        super().__init__()
        self._counter, self._visit, self._today = counter, visit, today
        self._state = State.CONFIRMED
        self._move_to: Seen | None = None
        self.head = Head(_("Visit to review"), " ", counter.hide_panel)
        self.setAccessibleName(_("Visit to review"))
        self.verdict = Verdict()
        self.verdict.override_asked.connect(self._override)
        self.verdict.going.say(_("Let it through against the flags"))
        self.button = primary(" ", self._settle)
        self.button.setEnabled(False)
        self.changing = quiet(_("Change the visit"), lambda: open_booking(counter, BookFor(visit=visit)))
        self.giving_up = quiet(_("Cancel the visit"), lambda: cancel(visit))
        self._page = Page(margin=18)
        self._page.body.addWidget(self.head)
        self._page.body.addWidget(self.verdict)
        self._page.body.addStretch(1)
        self._foot = QFrame()
        self._foot.setProperty("role", "line")
        self._foot.setLayout(
            column(self.button, self.changing, self.giving_up, self.verdict.opening, spacing=8, margin=16)
        )
        self.setLayout(column(self._page, self._foot, spacing=0))
        self.setFocusProxy(self.button)
        counter.runner.ask(partial(cards.of_visit, appointment=visit), self._name, self._refused)
        counter.runner.ask(partial(flag_cards.of_booked, appointment=visit), self._show, self._refused)

    def minimumSizeHint(self) -> QSize:
        inner = self._page.widget()
        widest = inner.minimumSizeHint().width() if inner is not None else 0
        return QSize(max(widest, self._foot.minimumSizeHint().width()), 0)

    def _name(self, card: VisitCard) -> None:
        self._state = card.state
        self.head.title.setText(card.name)
        what = _("{when}, {treatment}").format(when=appointment(card.at), treatment=card.treatment)
        self.head.under.setText(what)

    def _show(self, seen: Seen) -> None:
        self.verdict.show_seen(seen, self._today)
        self.tinted.emit("" if seen.outcome == "S0" else seen.outcome)
        words = self._way(seen)
        self.button.say(words)
        self.button.setVisible(bool(words))
        self.button.setEnabled(bool(words))
        QTimer.singleShot(0, self.button, self.button.setFocus)

    def _way(self, seen: Seen) -> str:
        if seen.left in {"S4", "S5"}:
            if seen.first is None:
                return ""
            words = _("Move to the first possible day: {when}")
            return words.format(when=short_day(seen.first.date()))
        held = self._state is State.TENTATIVE
        if seen.left == "S3":
            return _("Leave it held") if held else way_on(seen).words
        return _("Confirm the visit") if held else ""

    def _settle(self) -> None:
        seen, runner = self.verdict.seen, self._counter.runner
        if seen is None:
            return
        if seen.left in {"S4", "S5"} and seen.first is not None:
            task = partial(booking.move, appointment=self._visit, at=seen.first)
            runner.do(task, partial(self._settled, _("The visit is moved.")), self._refused)
        elif seen.left == "S3" and self._state is State.CONFIRMED:
            hold = partial(reviews.hold, appointment=self._visit)
            runner.do(hold, partial(self._settled, _("The time is only held now.")), self._refused)
        elif seen.left == "S3":
            self._counter.hide_panel()
        else:
            confirm = partial(booking.advance, appointment=self._visit, to=State.CONFIRMED)
            runner.do(confirm, partial(self._settled, _("The visit is confirmed.")), self._refused)

    def _settled(self, said: str, before: Moved) -> None:
        runner = self._counter.runner
        self._counter.hide_panel()
        back = partial(booking.put_back, before=before)
        self._counter.toast(said, Step(_("review"), lambda: runner.do(back, lambda _done: None)))

    def _override(self) -> None:
        overrides, seen = self.verdict.overrides, self.verdict.seen
        if seen is not None and seen.left == "S4":
            why = _("Only the owner goes against a flag that puts a visit off, and gives the password first.")
            Again(self, self._counter, why, lambda: self._let_through(overrides)).open()
        else:
            self._let_through(overrides)

    def _let_through(self, overrides: tuple[Override, ...]) -> None:
        task = partial(reviews.let_through, appointment=self._visit, overrides=overrides)
        self._counter.runner.do(task, self._let, self._refused)

    def _let(self, _done: object) -> None:
        self._counter.hide_panel()
        self._counter.toast(_("The visit goes ahead; your reason is kept with it."))

    def _refused(self, refusal: Refusal) -> None:
        self.verdict.say(sentence(refusal))


def open_review(
    counter: Counter, visit: AppointmentId, today: date, cancel: Callable[[AppointmentId], object]
) -> Review:
    """Open a visit to be settled at the right of the screen."""
    panel = Review(counter, visit, today, cancel)
    panel.tinted.connect(counter.tint_panel)
    counter.show_panel(panel)
    return panel
