"""What the calendar opens at the right: a visit's card, the booking panel at a seen time, and the move panel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clinic.office import cards, today
from clinic.wording import _, long_day
from ui.panel import Head
from ui.screens.booking import BookFor, open_booking
from ui.screens.booking.series_change import open_series_change
from ui.screens.calendar.fits import STRETCHABLE
from ui.screens.calendar.move import MovePanel
from ui.screens.today.card import VisitCardPanel
from ui.widgets.buttons import plain
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from clinic.office.cards import VisitCard
    from clinic.office.diary import Entry
    from clinic.office.today import Day
    from clinic.values import AppointmentId
    from ui.screens.calendar.acts import Acts
    from ui.screens.calendar.agenda import Line
    from ui.screens.calendar.screen import Calendar
    from ui.screens.calendar.travel import Sketch
    from ui.screens.today.words import Do


class Cards(QObject):
    """Opens things beside the board."""

    def __init__(self, screen: Calendar, acts: Acts) -> None:
        super().__init__(screen)
        self._screen, self._acts = screen, acts
        self._card: VisitCardPanel | None = None

    def open(self, entry: Entry) -> None:
        """Show the card of a visit."""
        if not entry.busy:
            self._screen.runner.ask(
                partial(_card_and_day, appointment=entry.id, on=entry.at.date()),
                partial(self._show, entry),
                latest="calendar/card",
            )

    def open_line(self, line: Line) -> None:
        """Show the card of a visit in the agenda."""
        if line.entry is not None:
            self.open(line.entry)

    def choose(self, entry: Entry | None) -> None:
        """Show the card of the visit that was pressed; beside all visits, close it."""
        if entry is not None:
            self.open(entry)
        elif self._card is not None:
            self._screen.counter.hide_panel()

    def follow(self, entry: Entry | None) -> None:
        """While a card is open it is the card of the visit in focus."""
        if self._card is not None and entry is not None:
            self.open(entry)

    def _show(self, entry: Entry, found: tuple[VisitCard, Day]) -> None:
        card, day = found
        line = next((visit for visit in day.visits if visit.id == entry.id), None)
        if line is None:
            return
        panel = VisitCardPanel(card, line, day, self._screen.counter.hide_panel)
        panel.asked.connect(lambda do: self.step(do, entry))
        panel.series_asked.connect(partial(open_series_change, self._screen.counter, entry.id))
        panel.closed.connect(self._closed)
        head = panel.findChild(Head)
        if head is not None and day.on != day.now.date():
            head.under.setText(f"{long_day(day.on)}\n{head.under.text()}")
        layout = panel.layout()
        if layout is not None and day.may_change and entry.state in STRETCHABLE:
            beside = QWidget()
            beside.setLayout(
                Flow(
                    plain(_("Move…"), partial(self.move_by_words, entry), icon="calendar-clock"),
                    plain(_("Take along"), partial(self._screen.pins.take, entry), icon="pin"),
                    spacing=6,
                )
            )
            layout.addWidget(beside)
        self._card = panel
        self._screen.counter.show_panel(panel)

    def _closed(self, panel: VisitCardPanel) -> None:
        if self._card is panel:
            self._card = None

    def step(self, do: Do, entry: Entry) -> None:
        """Take a step of the day with a visit."""
        self._acts.step(do, entry)

    def book_at(self, sketch: Sketch) -> None:
        """Open the booking panel at the time that was marked."""
        drawn = self._screen.board.plan
        if drawn is None:
            return
        which = drawn.columns[sketch.column]
        wanted = BookFor(
            at=drawn.wall(sketch.column, sketch.start),
            staff=which.staff,
            room=which.room,
            minutes=sketch.end - sketch.start if sketch.drawn else None,
        )
        panel = open_booking(self._screen.counter, wanted)
        self._screen.board.sketch = sketch
        panel.destroyed.connect(self._booking_over)

    def _booking_over(self) -> None:
        self._screen.board.sketch = None
        self._screen.board.update()

    def move_by_words(self, entry: Entry) -> None:
        """Open the panel in which a visit is moved by typing."""
        spread = self._screen.spread
        if spread is not None:
            self._screen.counter.show_panel(MovePanel(self._screen.counter, entry, spread, self._acts))


def _card_and_day(work: Any, *, appointment: AppointmentId, on: date) -> tuple[VisitCard, Day]:
    """Ask for the card of a visit and for its line in the day, on one moment of the file."""
    return cards.of_visit(work, appointment), today.day(work, on=on)
