"""The menu of a visit, or of a free time: what hands and keys can do there, with the keys beside it."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from clinic.values import State
from clinic.wording import _
from ui.screens.booking import open_waiting_list
from ui.screens.calendar.fits import MOVABLE, STRETCHABLE
from ui.screens.calendar.views import View
from ui.screens.calendars import CalendarIn, CalendarsOut
from ui.screens.settings.block import open_new_block
from ui.screens.today.terms import TermsPanel
from ui.screens.today.words import Do, button
from ui.theme import theme
from ui.widgets.buttons import unticked

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.diary import Entry
    from ui.screens.calendar.screen import Calendar

NOON = time(12)
STEPS = {
    State.TENTATIVE: (Do.CONFIRM, Do.ARRIVE),
    State.CONFIRMED: (Do.ARRIVE,),
    State.ARRIVED: (Do.BEGIN,),
    State.IN_TREATMENT: (Do.FINISH,),
}
"""The steps that come next for a visit."""


class Menu(QObject):
    """Opens such a menu."""

    def __init__(self, screen: Calendar) -> None:
        super().__init__(screen)
        self._screen = screen

    def open(self, entry: Entry | None, at: QPoint) -> None:
        """Open the menu of a visit, or of the free time in focus."""
        menu = self.made(entry)
        if not menu.isEmpty():
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(at)

    def made(self, entry: Entry | None) -> QMenu:
        """Put the menu together."""
        menu = QMenu(self._screen)
        spread = self._screen.spread
        may = spread is not None and spread.may_change
        if entry is None:
            if self._screen.view is View.MONTH:
                self._of_a_day(menu, self._screen.month.at, may=may)
            elif may:
                self._add(menu, _("New visit here"), "calendar-plus", "Enter", self._screen.book)
                self._add(menu, _("Keep this time free…"), "calendar-x", "", self._block)
                self._put_down(menu)
            return menu
        if entry.busy:
            return menu
        step = self._screen.cards.step
        self._add(menu, _("Open"), "", "Enter", partial(self._screen.cards.open, entry))
        self._add(menu, button(Do.OPEN), "user", "", partial(step, Do.OPEN, entry))
        if not may:
            return menu
        menu.addSeparator()
        for do in STEPS.get(entry.state, ()):
            self._add(menu, button(do), "", "A" if do is Do.ARRIVE else "", partial(step, do, entry))
        self._add(menu, button(Do.REBOOK), "calendar-plus", "R", partial(step, Do.REBOOK, entry))
        if spread is not None and spread.may_take_money:
            self._add(menu, button(Do.PAY), "banknote", "$", partial(step, Do.PAY, entry))
        menu.addSeparator()
        if entry.state in STRETCHABLE:
            self._add(
                menu, _("Move…"), "calendar-clock", "M", partial(self._screen.cards.move_by_words, entry)
            )
        if entry.state in MOVABLE:
            self._add(menu, _("Take along"), "pin", "Ctrl+X", partial(self._screen.pins.take, entry))
        self._add(menu, _("Copy"), "copy", "Ctrl+C", partial(self._screen.pins.take, entry, copy=True))
        if entry.state in MOVABLE:
            menu.addSeparator()
            self._add(menu, button(Do.CANCEL), "calendar-x", "Del", partial(step, Do.CANCEL, entry))
        return menu

    def _of_a_day(self, menu: QMenu, on: date, *, may: bool) -> None:
        """Put together what can be done on a day of the month."""
        self._add(menu, _("Open this day"), "calendar-days", "Enter", partial(self._screen.open_day, on))
        if may:
            self._add(menu, _("New visit on this day"), "calendar-plus", "Ctrl+N", self._screen.book)
            pin = self._screen.pins.last
            if pin is not None:
                said = _("Put {name} here").format(name=pin.entry.name)
                self._add(menu, said, "pin", "Ctrl+V", partial(self._screen.carrying.put_down_on, on))

    def of_the_calendar(self) -> QMenu:
        """Put together what concerns the calendar as a whole."""
        menu, counter = QMenu(self._screen), self._screen.counter
        seat = counter.seat
        if seat.allows("calendar_change"):
            self._add(menu, _("Keep a time free…"), "calendar-x", "", self._block)
            self._add(menu, _("Waiting list"), "hourglass", "", partial(open_waiting_list, counter))
            menu.addSeparator()
        self._add(menu, _("Calendars for other programs…"), "upload", "", self._write_out)
        if seat.allows("calendar_change"):
            self._add(menu, _("Take a calendar in…"), "download", "", self._take_in)
            menu.addSeparator()
            self._add(
                menu, _("Time off and closures"), "door-open", "", partial(counter.go, "settings", "time_off")
            )
        if seat.allows("practice_change"):
            self._add(menu, _("Notice and fees…"), "banknote", "", partial(TermsPanel.open_in, counter))
        return menu

    def _block(self) -> None:
        """Keep the time in focus free, or tomorrow at noon where none is."""
        screen = self._screen
        board, spread = screen.board, screen.spread
        if spread is None:
            return
        spot, plan = board.spot, board.plan
        on_board = screen.view in {View.DAY, View.WEEK}
        if on_board and plan is not None and spot is not None and board.focused is None:
            which = plan.columns[spot.column]
            whose = ("staff", which.staff) if which.staff is not None else ("room", which.room)
            open_new_block(screen.counter, plan.wall(spot.column, spot.place), whose)
        else:
            me = spread.me or next((person.id for person in spread.people), None)
            open_new_block(screen.counter, datetime.combine(screen.on, NOON), ("staff", me))

    def _write_out(self) -> None:
        self._screen.counter.show_panel(CalendarsOut(self._screen.counter))

    def _take_in(self) -> None:
        panel = CalendarIn.choose(self._screen, self._screen.counter)
        if panel is not None:
            self._screen.counter.show_panel(panel)

    def _put_down(self, menu: QMenu) -> None:
        pin, spot = self._screen.pins.last, self._screen.board.spot
        if pin is not None and spot is not None:
            said = _("Put {name} here").format(name=pin.entry.name)
            self._add(menu, said, "pin", "Ctrl+V", partial(self._screen.carrying.put_down, spot))

    def _add(self, menu: QMenu, words: str, icon: str, keys: str, run: Callable[[], object]) -> None:
        said = f"{words}\t{keys}" if keys else words
        action = menu.addAction(theme.icon(icon, "soft_ink"), said) if icon else menu.addAction(said)
        action.triggered.connect(unticked(run))
