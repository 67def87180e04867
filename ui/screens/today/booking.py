"""The booking panel: who, what, with whom and when; Enter books, Esc closes and books nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic.office import booking, practice
from clinic.values import Role
from clinic.wording import _, moment
from clinic.wording.reasons import meaning
from clinic.wording.refusals import sentence
from ui.screens.today.clients import ClientPicker
from ui.undo import Step
from ui.widgets import buttons, text
from ui.widgets.cards import row
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice
from ui.widgets.forms import Form
from ui.widgets.times import TimeLine

if TYPE_CHECKING:
    from clinic.office.booking import Booked
    from clinic.office.practice import Colleague, Offer, Place
    from clinic.office.today import VisitRow
    from clinic.values import Refusal
    from ui.screen import Counter

A_FORTNIGHT = timedelta(days=14)


class BookingPanel(QWidget):
    """Books one visit."""

    def __init__(self, counter: Counter, *, like: VisitRow | None = None, on: date | None = None) -> None:
        super().__init__()
        self._counter = counter
        self._like = like
        self.setAccessibleName(_("New visit"))
        today = date.today()  # noqa: DTZ011 - only what the day line proposes; the office has the practice's clock
        self._client = ClientPicker(counter.runner)
        self._treatment = Choice()
        self._staff = Choice()
        self._room = Choice()
        shown = on or today
        self._day = DayLine(today, like.at.date() + A_FORTNIGHT if like else shown)
        self._time = TimeLine(like.at.time() if like else None)
        self._form = Form(2)
        self._form.add("client", _("Client"), self._client, wide=True)
        self._form.add("treatment", _("Treatment"), self._treatment, wide=True)
        self._form.add("staff", _("Therapist"), self._staff)
        self._form.add("room", _("Room"), self._room, optional=True)
        self._form.add("at", _("Day"), self._day)
        self._form.add("time", _("Time"), self._time)
        self._book = buttons.primary(_("Book the visit"), self._do_book, icon="calendar-plus")
        close = buttons.quiet(_("Close"), counter.hide_panel)
        self._lay_out(close)

    def _lay_out(self, close: QWidget) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 16, 20, 16)
        lines.setSpacing(16)
        lines.addWidget(text.title(_("New visit")))
        lines.addWidget(self._form)
        lines.addStretch(1)
        lines.addLayout(row(self._book, close))
        lines.addWidget(text.caption(_("Enter books. Esc closes, and nothing is booked.")))
        for keys in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            enter = QAction(self)
            enter.setShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | keys))
            enter.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            enter.triggered.connect(self._do_book)
            self.addAction(enter)
        self._time.returnPressed.connect(self._do_book)

    def begin(self) -> None:
        """Ask for what can be chosen, and let the person type."""
        self._counter.runner.ask(practice.treatments, self._offer_treatments)
        self._counter.runner.ask(practice.colleagues, self._offer_staff)
        self._counter.runner.ask(practice.rooms, self._offer_rooms)
        if self._like is not None:
            self._client.choose(self._like.client, self._like.client_name)
            self._time.setFocus()
        else:
            self._client.setFocus()

    def _offer_treatments(self, offers: tuple[Offer, ...]) -> None:
        self._treatment.offer([(offer.name, offer.id) for offer in offers])
        if self._like is not None:
            wanted = next((offer.id for offer in offers if offer.name == self._like.treatment), None)
            self._treatment.choose(wanted)

    def _offer_staff(self, colleagues: tuple[Colleague, ...]) -> None:
        treating = [c for c in colleagues if c.role in {Role.OWNER, Role.THERAPIST}]
        self._staff.offer([(colleague.name, colleague.id) for colleague in treating])
        if self._like is not None:
            self._staff.choose(self._like.staff)

    def _offer_rooms(self, rooms: tuple[Place, ...]) -> None:
        self._room.offer([(_("No room"), None), *((room.name, room.id) for room in rooms)])
        if self._like is not None:
            wanted = next((room.id for room in rooms if room.name == self._like.room), None)
            self._room.choose(wanted)

    def _do_book(self) -> None:
        self._form.clear_messages()
        day, at = self._day.day, self._time.time
        if self._client.client is None:
            self._form.refuse("client", _("Choose a client, or take a new one on."))
        elif day is None:
            self._form.refuse("at", _("Type a day, such as t, +2w or nov 3."))
        elif at is None:
            self._form.refuse("time", _("Type a time, such as 4pm or 16:30."))
        else:
            task = partial(
                booking.book,
                client=self._client.client,
                treatment=self._treatment.currentData(),
                staff=self._staff.currentData(),
                at=datetime.combine(day, at),
                room=self._room.currentData(),
            )
            self._book.setEnabled(False)
            self._counter.runner.do(task, partial(self._booked, datetime.combine(day, at)), self._refused)

    def _booked(self, at: datetime, booked: Booked) -> None:
        runner = self._counter.runner
        back = partial(runner.do, partial(booking.take_back, appointment=booked.appointment), _nothing)
        told = _("Booked for {moment}").format(moment=moment(at))
        if booked.warnings:
            told += ". " + " ".join(meaning(code) for code in booked.warnings)
        self._counter.hide_panel()
        self._counter.toast(told, Step(_("booking of visit"), back))

    def _refused(self, refusal: Refusal) -> None:
        self._book.setEnabled(True)
        at = "at" if refusal.code in {"slot_taken", "time_skipped"} else refusal.at
        self._form.refuse(at, sentence(refusal))


def _nothing(_answer: object) -> None:
    """Wait for no answer: what a booking taken back touched is shown by itself."""
