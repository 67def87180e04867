"""Move a visit by words: day, time, length, therapist and room typed, or one of the next free times pressed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from clinic.office import moving
from clinic.wording import _, appointment, clock
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.calendar import words
from ui.screens.calendar.fits import Wish
from ui.widgets import text
from ui.widgets.buttons import Segments, primary, small
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow
from ui.widgets.forms import Form
from ui.widgets.times import TimeLine

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from clinic.office.diary import Entry, Spread
    from clinic.office.moving import Opening
    from clinic.values import Refusal
    from ui.screen import Counter
    from ui.screens.calendar.acts import Acts

LENGTHS = (30, 45, 60, 75, 90)


class MovePanel(QWidget):
    """A visit's new time, put together."""

    def __init__(self, counter: Counter, entry: Entry, spread: Spread, acts: Acts) -> None:
        super().__init__()
        self._counter, self._entry, self._acts = counter, entry, acts
        today = spread.now.date()
        self.day = DayLine(today, entry.at.date())
        self.time = TimeLine(entry.at.time())
        lengths = sorted({*LENGTHS, entry.minutes})
        self.minutes = Segments([(str(n), str(n)) for n in lengths], _("Minutes"))
        self.minutes.choose(str(entry.minutes))
        people = [person for person in spread.people if not spread.own_only or person.id == entry.staff]
        self.staff = Choice([(person.name, person.id) for person in people])
        self.staff.choose(entry.staff)
        self.room = Choice([(_("No room"), None), *((place.name, place.id) for place in spread.places)])
        self.room.choose(entry.room)
        self.form = Form(2)
        self.form.add("at", _("Day"), self.day)
        self.form.add("time", _("Time"), self.time)
        self.form.add("minutes", _("Minutes"), self.minutes, wide=True)
        self.form.add("staff", _("Therapist"), self.staff)
        if spread.places:
            self.form.add("room", _("Room"), self.room)
        self._offers = QWidget()
        self._offers.setLayout(column(spacing=6))
        self.button = primary(_("Move the visit"), self.go)
        when = _("{name}, now {when}").format(name=entry.name, when=appointment(entry.at))
        lines = column(
            Head(_("Move visit"), when, counter.hide_panel), self.form, self._offers, spacing=16, margin=18
        )
        lines.addStretch(1)
        lines.addWidget(self.button)
        lines.addWidget(text.caption(_("Enter moves the visit, Esc leaves it where it is."), wrap=True))
        self.setLayout(lines)
        self.setAccessibleName(_("Move visit"))
        counter.runner.ask(partial(moving.openings_for, appointment=entry.id), self._offer)
        QTimer.singleShot(0, self.day, self._begin)

    def _begin(self) -> None:
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _offer(self, openings: tuple[Opening, ...]) -> None:
        """Offer the next times at which it would fit."""
        layout = self._offers.layout()
        if layout is None or not openings:
            return
        layout.addWidget(text.caption(_("Free next")))
        buttons = [
            small(f"{words.weekday(each.at.date())} {clock(each.at)}", partial(self._take, each.at))
            for each in openings
        ]
        holder = QWidget()
        holder.setLayout(Flow(*buttons, spacing=6))
        layout.addWidget(holder)

    def _take(self, at: datetime) -> None:
        self.day.set_day(at.date())
        self.time.set_time(at.time())
        self.go()

    def go(self) -> None:
        """Move the visit to what was put together."""
        on, at = self.day.day, self.time.at
        if on is None:
            self.form.refuse("at", _("Type a day, such as t, +2w or nov 3."))
        elif at is None:
            self.form.refuse("time", _("Type a time, such as 4pm."))
        else:
            wish = Wish(
                self._entry,
                datetime.combine(on, at),
                int(self.minutes.chosen),
                self.staff.currentData(),
                self.room.currentData(),
            )
            if wish.stays:
                self._counter.hide_panel()
            else:
                self._acts.carry(wish, self._refused, self._counter.hide_panel)

    def _refused(self, refusal: Refusal) -> None:
        at = {"at": "time", "staff": "time"}.get(refusal.at or "", refusal.at)
        self.form.refuse(at, sentence(refusal))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        pressed = QApplication.focusWidget()
        if isinstance(pressed, QAbstractButton) and pressed is not self.button:
            pressed.click()
        else:
            self.go()
        event.accept()
