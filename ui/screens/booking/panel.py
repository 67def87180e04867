"""The booking panel: client, treatment, time; what to know before; Enter books, Esc closes and books nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from clinic.office import booking, flag_cards, proposals
from clinic.values import State
from clinic.wording import _, appointment, clock
from clinic.wording.refusals import sentence
from ui.again import Again
from ui.panel import Head
from ui.screens.booking.before import Before
from ui.screens.booking.client import Who
from ui.screens.booking.details import Details
from ui.screens.booking.foot import Foot
from ui.screens.booking.made import Made
from ui.screens.booking.verdict import Verdict, way_on
from ui.screens.booking.wanted import BookFor, told
from ui.screens.booking.ways import Standing, other_ways
from ui.screens.booking.wishes import Wishes
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets.cards import Page, column

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent

    from clinic.office.booking import Booked, Moved
    from clinic.office.flag_cards import Override, Seen
    from clinic.office.proposals import Choices, Foreseen, Usual
    from clinic.values import ClientId, Refusal
    from ui.runner import Runner
    from ui.screen import Counter

__all__ = ["BookFor", "BookingPanel", "open_booking"]


def open_booking(counter: Counter, wanted: BookFor | None = None) -> BookingPanel:
    """Open the panel at the right of whatever screen is open; one that somebody is filling in stays."""
    wanted = wanted or BookFor()
    shown = counter.shown_panel()
    if isinstance(shown, BookingPanel) and shown.stays_for(wanted):
        return shown
    panel = BookingPanel(counter, wanted)
    panel.tinted.connect(counter.tint_panel)
    counter.show_panel(panel)
    return panel


class BookingPanel(QWidget):
    """One visit, put together."""

    tinted = Signal(str)
    """The gravest flag of the visit, for the panel's edge."""

    def __init__(self, counter: Counter, wanted: BookFor) -> None:
        super().__init__()
        self.counter = counter
        self._wanted = wanted
        self._usual: Usual | None = None
        self.foreseen: Foreseen | None = None
        self._kept: dict[str, Any] = {}
        """What a visit that is changed was until now."""
        self._under_way = False
        self._meant_late: datetime | None = None
        """The past time that somebody was asked about, and goes on with."""
        self._changing = wanted.visit is not None
        title = _("Change the visit") if self._changing else _("New visit")
        self.head = Head(title, " ", counter.hide_panel)
        self.who = Who(counter.runner)
        self.who.picked.connect(self._picked)
        self.who.left.connect(self._let_go)
        self.before = Before()
        self.verdict = Verdict()
        self.verdict.override_asked.connect(self._override)
        self.verdict.opened.connect(self._reach_form)
        self._page = Page(margin=18)
        self._foot = Foot(self.book, self.verdict, self._page, changing=self._changing)
        self.button = self._foot.button
        self._lines = self._page.body
        for thing in (self.head, self.who, self.verdict, self.before):
            self._lines.addWidget(thing)
        self._lines.addStretch(1)
        self.setLayout(column(self._page, self._foot, spacing=0))
        self.setAccessibleName(title)
        self._runner.ask(proposals.choices, self._offer, self._keep_off)
        if wanted.visit is not None:
            self.who.hide()
            self._runner.ask(
                partial(proposals.of_visit, appointment=wanted.visit), self._propose, self._keep_off
            )
        elif wanted.client is None:
            QTimer.singleShot(0, self.who.line, self.who.line.setFocus)
        else:
            self._picked(wanted.client)

    def minimumSizeHint(self) -> QSize:
        # What scrolls asks for no room of its own: the panel is as wide as its widest part.
        inner = self._page.widget()
        widest = self._foot.minimumSizeHint().width()
        if inner is not None:
            widest = max(widest, inner.minimumSizeHint().width())
        return QSize(widest, 0)

    def stays_for(self, wanted: BookFor) -> bool:
        """Go on here if somebody is named already and no other client, time or visit is asked for."""
        named = self.who.known or bool(self.who.line.text().strip())
        if self._changing or not named or wanted != BookFor(day=wanted.day):
            return False
        here = self.button if self.who.known else self.who.line
        QTimer.singleShot(0, here, here.setFocus)  # after the screen beside it has taken the keyboard
        return True

    @property
    def way(self) -> Way:
        """How the panel is opened again: on what it was opened on, and whoever was chosen since."""
        return Way("today", "new visit" if self.who.new else "visit", told(self._wanted, self.who.client))

    @property
    def _runner(self) -> Runner:
        return self.counter.runner

    # What can be chosen

    def _offer(self, choices: Choices) -> None:
        """Lay out the fields, now that it is known what there is."""
        self.choices = choices
        self.form = Details(choices, self._wanted)
        self.treatment, self.minutes = self.form.treatment, self.form.minutes
        self.day, self.time = self.form.day, self.form.time
        self.staff, self.room = self.form.staff, self.form.room
        if self._changing:
            self.treatment.setEnabled(False)  # another treatment is another visit
        else:
            self.finder = other_ways(Standing(self.counter, choices, self.form, self.who, self._time_taken))
            self._lines.insertWidget(2, self.finder)
        self._lines.insertWidget(self._lines.indexOf(self.verdict), self.form)
        self.form.changed.connect(self.look)
        self.button.setEnabled(True)
        self.look()

    def _time_taken(self) -> None:
        """Go on at what is still missing, now that a time was found."""
        self.look()
        (self.button if self.who.known else self.who.line).setFocus()

    def _keep_off(self, refusal: Refusal) -> None:
        self.head.under.setText(sentence(refusal))
        self.who.hide()
        self.button.hide()

    # Who comes

    def _picked(self, client: ClientId | None) -> None:
        if client is None:
            self._usual = None
            self.look()
        else:
            like = self._wanted.like if client == self._wanted.client else None
            self._runner.ask(partial(proposals.usual, client=client, like=like), self._propose)

    def _propose(self, usual: Usual) -> None:
        """Fill in what this client usually has; the hands go on at the time."""
        self._usual = usual
        self.who.show_client(usual, self.choices.now.date())
        again = self._changing or (usual.client == self._wanted.client and self._wanted.at is None)
        self.form.show_usual(usual, again=again)
        if self._changing:
            self.who.show()
            self.who.stay()
            self._kept = self.form.place() | self.form.wished()
        self.look()
        if self.time.at is None:
            self.time.setFocus()
        else:
            self.button.setFocus()

    def _let_go(self) -> None:
        self._usual = None
        self.look()

    # What would become of it

    @property
    def at(self) -> datetime | None:
        """The day and time typed."""
        return self.form.at

    def look(self) -> None:
        """Ask what would become of the booking as it stands."""
        at = self.at
        self.head.under.setText(" " if at is None else appointment(at))
        if at is None or not self.form.complete:
            self._show_foreseen(None)
            self._show_seen(None)
            return
        wish = {"client": self.who.client, "visit": self._wanted.visit, **self.form.request()}
        plain = {name: wish[name] for name in wish if name not in {"sites", "products"}}
        self._runner.ask(
            partial(proposals.foresee, **plain),
            self._show_foreseen,
            self._refused,
            latest="booking/foresee",
        )
        if not self.who.known:
            self._show_seen(None)
            return
        self._runner.ask(
            partial(flag_cards.of_wish, **wish),
            self._show_seen,
            self._refused,
            latest="booking/flags",
        )

    def _show_seen(self, seen: Seen | None) -> None:
        """Show what the rules say, and make the safe way on the one that Enter takes."""
        self.verdict.show_seen(seen, self.choices.now.date())
        self.form.wishes.show_seen(seen)
        self._foot.show_way(way_on(seen, changing=self._changing, late=self._late))
        self.tinted.emit("" if seen is None or seen.outcome == "S0" else seen.outcome)

    def _show_foreseen(self, foreseen: Foreseen | None) -> None:
        self.foreseen = foreseen
        self._foot.show_way(way_on(self.verdict.seen, changing=self._changing, late=self._late))
        booked = self._usual.next if self._usual and not self._changing else None
        self.before.show_foreseen(foreseen, booked)
        self.form.show_foreseen(foreseen)
        if foreseen is None:
            return
        therapist = self.staff.currentText().split()[0]
        self.head.under.setText(
            _("{start} to {end} with {therapist}").format(
                start=appointment(foreseen.start), end=clock(foreseen.end), therapist=therapist
            )
        )

    # Booking

    def book(self) -> None:
        """Take the safe way on: book, hold the time, or go to the first day on which it can be."""
        if self._under_way or not self._ready():
            return
        seen = self.verdict.seen
        if self._changing and self._kept == self.form.place() | self.form.wished():
            self.counter.hide_panel()
            return
        if seen is not None and seen.left == "S5":
            return
        if seen is not None and seen.left == "S4":
            if seen.first is not None:
                self.day.set_day(seen.first.date())
                self.time.set_time(seen.first.time())
                self.look()
            return
        if self._late and self._meant_late != self.at:
            self._meant_late = self.at
            self.button.setFocus()
            self.form["day"].say(_("This day has passed. Press the button once more to enter it late."))
            return
        self._book(())

    @property
    def _late(self) -> bool:
        """Whether the day has passed: a late entry, that nobody makes by a slip of the finger."""
        at = self.at
        moves = not self._changing or self._kept.get("at") != at
        return at is not None and moves and at.date() < self.choices.now.date()

    def _reach_form(self) -> None:
        """Scroll to the form once it has its place."""
        form = self.verdict.card
        QTimer.singleShot(0, form, lambda: self._page.ensureWidgetVisible(form))

    def _override(self) -> None:
        """Book against the flags; where the ladder asks for it, the password comes first."""
        seen = self.verdict.seen
        if self._under_way or seen is None or not self._ready():
            return
        overrides = self.verdict.overrides
        if seen.left == "S4":
            why = _("Only the owner goes against a flag that puts a visit off, and gives the password first.")
            dialog = Again(self, self.counter, why, lambda: self._book(overrides))
            dialog.open()
        else:
            self._book(overrides)

    def _book(self, overrides: Sequence[Override]) -> None:
        self._under_way = True
        against = {"overrides": overrides} if overrides else {}
        request = self.form.request() | against
        if self._wanted.visit is not None:
            place = self.form.place() | self.form.wished() | against
            place["no_room"] = place["room"] is None
            change = partial(booking.move, appointment=self._wanted.visit, **place)
            self._runner.do(change, partial(self._changed, change), self._refused)
        elif self.who.client is not None:
            task = partial(booking.book, client=self.who.client, **request)
            self._runner.do(task, partial(self._booked, task), self._refused)
        else:
            first = partial(
                booking.book_first,
                given_name=self.who.given.text(),
                family_name=self.who.family.text(),
                phone=self.who.phone.text(),
                **request,
            )
            self._runner.do(first, partial(self._booked_first, request), self._refused)

    def _ready(self) -> bool:
        """Say beside the field what is still missing."""
        if not self.who.known:
            self.who.field.say(_("Choose a client, or take on a new one."))
            self.who.line.setFocus()
        elif self.day.day is None:
            self.form.refuse("day", self.form.check_day())
        elif self.time.at is None:
            self.form.refuse("at", _("Type a time, such as 4pm."))
        elif not self.form.complete:
            missing = "treatment" if self.treatment.currentData() is None else "staff"
            self.form.refuse(missing, _("Nothing to choose yet: the owner adds it in the settings."))
        else:
            return True
        return False

    def _changed(self, change: partial[Moved], before: Moved) -> None:
        self.counter.hide_panel()
        back = partial(booking.put_back, before=before)
        step = Step(
            _("change of the visit"),
            lambda: self._runner.do(back, lambda _done: None),
            lambda: self._runner.do(change, lambda _done: None),
        )
        self.counter.toast(_("The visit is changed."), step)

    def _booked(self, task: partial[Booked], booked: Booked) -> None:
        undo = Made(self._runner, booked.appointment, None, task)
        self._leave(undo, booked)

    def _booked_first(self, request: dict[str, Any], made: tuple[ClientId, Booked]) -> None:
        client, booked = made
        again = partial(booking.book, client=client, **request)
        self._leave(Made(self._runner, booked.appointment, client, again), booked)

    def _leave(self, undo: Made, booked: Booked) -> None:
        at = self.at
        self.counter.hide_panel()
        if at is not None:
            said = _("Booked for {when}.")
            if booked.state is State.TENTATIVE:
                said = _("The time is held for {when}; nothing is confirmed yet.")
                if booked.asked:
                    said = _("The time is held for {when}. A request to the doctor is open.")
            said = said.format(when=appointment(at))
            self.counter.toast(said, Step(_("booking"), undo.back, undo.again))

    def _refused(self, refusal: Refusal) -> None:
        self._under_way = False
        if refusal.at in {"given_name", "family_name", "phone"} and self.who.new:
            self.who.form.refuse(refusal.at, sentence(refusal))
        elif refusal.at == "override":
            self.verdict.say(sentence(refusal))
        elif refusal.code == "slot_taken" and self.foreseen is not None and self.foreseen.taken is not None:
            self._show_foreseen(self.foreseen)
            (self.room if self.foreseen.taken.side == "room" else self.time).setFocus()
        else:
            at = "at" if refusal.code == "slot_taken" and refusal.at == "staff" else refusal.at
            self.form.refuse(at, sentence(refusal))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        pressed = QApplication.focusWidget()
        wishes = self.findChild(Wishes)
        if wishes is not None and pressed is wishes.goods:
            self.button.setFocus()  # what the rules say of the products typed comes first
        elif isinstance(pressed, QAbstractButton) and (
            pressed.property("role") in {"link", "plain"} or (wishes and wishes.isAncestorOf(pressed))
        ):
            pressed.click()
        elif self.button.isEnabled():
            self.book()
        event.accept()
