"""The calendar screen: it asks for the days shown, lays them out, and hands on what hands and keys ask for."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic.office import diary
from clinic.values import Topic
from clinic.wording import _
from ui.screen import Screen
from ui.screens.booking import BookFor, MoveVisit, open_booking
from ui.screens.calendar import access, agenda, plan, words
from ui.screens.calendar.acts import Acts
from ui.screens.calendar.agenda_keys import AgendaKeys
from ui.screens.calendar.aside import Aside
from ui.screens.calendar.board import ZOOM_STEP, Board
from ui.screens.calendar.cards import Cards
from ui.screens.calendar.carrying import Carrying
from ui.screens.calendar.header import Header
from ui.screens.calendar.menu import Menu
from ui.screens.calendar.month import Month
from ui.screens.calendar.pins import Pinboard
from ui.screens.calendar.plan import By
from ui.screens.calendar.stuck import StuckLines
from ui.screens.calendar.views import View, span, turned
from ui.screens.calendar.visit import NO_MARK
from ui.widgets.cards import column, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from clinic.office.diary import Entry, Mark, Spread
    from clinic.values import AppointmentId, Refusal, StaffId
    from ui.screen import Counter

MINUTE_MS = 60_000


class Calendar(Screen):
    """Days, therapists and rooms, side by side."""

    key: ClassVar[str] = "calendar"
    icon: ClassVar[str] = "calendar-days"
    topics: ClassVar[frozenset[Topic]] = frozenset(Topic)

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        kept = counter.memory.calendar_view
        self.view = View(kept) if kept in set(View) else View.WEEK
        self.by = By.STAFF
        self._on: date | None = None
        self._spread: Spread | None = None
        self._to_move: AppointmentId | None = None
        """The visit whose move is opened once its day is."""
        self._marks: dict[AppointmentId, Mark] = {}
        self._chosen: dict[bool, frozenset[StaffId]] = {}
        """Whose visits are shown: on a day by itself, and in everything longer."""
        access.announce()
        self.acts = Acts(counter)
        self.header = Header()
        self.board = Board()
        self.month = Month()
        self.agenda = agenda.made(self.book)
        self.aside = Aside()
        self.stuck = StuckLines(counter)
        self.pins = Pinboard()
        self.board.pinboard = self.pins
        self.cards = Cards(self, self.acts)
        self.carrying = Carrying(self, self.acts)
        self.menu = Menu(self)
        self.agenda_keys = AgendaKeys(self, self.agenda)
        self._lay_out()
        self._connect()
        timer = QTimer(self, interval=MINUTE_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    @staticmethod
    def title() -> str:
        return _("Calendar")

    def beside_rail(self) -> QWidget:
        return self.aside

    def set_context(self, what: object) -> None:
        """Open on a day."""
        if isinstance(what, date):
            self._on = what
        elif isinstance(what, MoveVisit):
            self._on, self._to_move = what.on, what.appointment
        elif isinstance(what, View):
            self.show_view(what)

    # What is shown

    @property
    def now(self) -> date:
        """Today, as the office says; until it has, the day this machine shows."""
        return self._spread.now.date() if self._spread is not None else date.today()  # noqa: DTZ011 - as said

    @property
    def on(self) -> date:
        """The day around which days are shown."""
        return self._on or self.now

    def reload(self) -> None:
        """Ask for the days shown, then for what stands small beside the visits."""
        first, last = span(self.view, self.on)
        self.runner.ask(
            partial(diary.spread, first=first, last=last), self._show, self._keep_off, latest="calendar/days"
        )
        self.runner.ask(
            partial(diary.marks_of, first=first, last=last),
            self._show_marks,
            self._say_nothing,
            latest="calendar/marks",
        )

    def _ask_busy(self, _month: object = None) -> None:
        first, last = self.aside.month.stretch
        self.runner.ask(
            partial(diary.busy_days, first=first, last=last),
            self.aside.month.days.show_busy,
            self._say_nothing,
            latest="calendar/busy",
        )

    def _show(self, spread: Spread) -> None:
        before, self._spread = self._spread, spread
        if before is None and self._on is None and span(self.view, spread.now.date())[0] != spread.first:
            self.reload()
            return
        self.aside.offer(spread.people, self._staff(spread))
        self.aside.month.show_days(spread.now.date(), *self._band(), self.on)
        self._lay()
        self.stuck.show_spread(spread)
        self._ask_busy()
        wanted, self._to_move = self._to_move, None
        for entry in spread.entries:
            if entry.id == wanted:
                self.cards.move_by_words(entry)

    def _show_marks(self, marks: Mapping[AppointmentId, Mark]) -> None:
        self._marks = dict(marks)
        if self._spread is None:
            return
        if self.view is View.AGENDA:
            self._lay()
        else:
            self.board.show_marks(self._marks)

    def _band(self) -> tuple[date, date]:
        first, last = span(self.view, self.on)
        if self.view is View.MONTH:
            return self.on.replace(day=1), self.on.replace(day=1) - timedelta(days=1)
        return first, last

    def _staff(self, spread: Spread) -> frozenset[StaffId]:
        """Show everybody on a day; in everything longer oneself, where one treats."""
        everybody = frozenset(person.id for person in spread.people)
        single = self.view is View.DAY
        chosen = self._chosen.get(single)
        if chosen is not None and chosen & everybody:
            return chosen & everybody
        return frozenset({spread.me}) if spread.me is not None and not single else everybody

    def _filter(self) -> None:
        """Show what is ticked at the rail."""
        if self.aside.staff:
            self._chosen[self.view is View.DAY] = self.aside.staff
        elif self._spread is not None:
            self.aside.offer(self._spread.people, self._staff(self._spread))
        self._lay()

    def _lay(self) -> None:
        spread = self._spread
        if spread is None:
            return
        staff, hidden = self._staff(spread), self.aside.hidden
        listed = (spread.first, spread.last) if self.view is View.AGENDA else self._days(spread)
        self.header.show(self.view, self.by, words.of_view(self.view, self.on, listed))
        if self.view is View.AGENDA:
            self.agenda.show_rows(agenda.lines_of(spread, self._marks, staff, hidden))
        elif self.view is View.MONTH:
            self.month.show_month(spread, self.on, staff, hidden)
        else:
            columns = plan.columns_of(spread, self.by, staff, self._days(spread))
            drawn = plan.drawn(spread, columns, staff=staff, hidden=hidden)
            self.board.show_plan(spread, drawn, self._marks)

    def _days(self, spread: Spread) -> tuple[date, ...]:
        return plan.days_shown(spread, self._staff(spread), self.aside.hidden)

    def _keep_off(self, _refusal: Refusal) -> None:
        """Say so where somebody's role has no calendar."""
        self._body.hide()
        self.header.say(_("Your role does not see the calendar."))

    def _say_nothing(self, _answer: object) -> None:
        """Let a thing be done without words; the screen shows it."""

    def _tick(self) -> None:
        if self.isVisible():
            self.reload()

    @property
    def spread(self) -> Spread | None:
        """The days that lie open."""
        return self._spread

    def mark_of(self, entry: Entry) -> Mark:
        """Give what stands small beside a visit."""
        return self._marks.get(entry.id, NO_MARK)

    # Where one is

    def show_view(self, view: View) -> None:
        """Show a day, a week, a month or the agenda."""
        self.view = self.counter.memory.calendar_view = view
        self._stack.setCurrentWidget(self._pages.get(view, self.board))
        self.carrying.let_go()
        self.carrying.close_callout()
        self.header.show_view(view)
        self.reload()

    def show_by(self, by: By) -> None:
        """Stand therapists or rooms beside one another."""
        self.by = by
        self._lay()

    def turn(self, by: int) -> None:
        """Go on to the next days, or back."""
        self.go_to(turned(self.view, self.on, by))

    def go_to(self, on: date) -> None:
        """Show a day, in whatever view is open."""
        self._on = on
        self.carrying.close_callout()
        self.reload()

    def open_day(self, on: date) -> None:
        """Show one day by itself."""
        self._on = on
        self.show_view(View.DAY)

    def go_to_now(self) -> None:
        """Show today; where it is on view already, go to the screen of that name."""
        first, last = span(self.view, self.on)
        if first <= self.now <= last and self._on in {None, self.now}:
            self.counter.go("today")
            return
        self._on = None
        self.reload()

    def book(self) -> None:
        """Book at the free time in focus, or on the day shown."""
        board = self.board
        if self.view in {View.DAY, View.WEEK} and board.sketch is not None:
            self.cards.book_at(board.sketch)
        elif self.view in {View.DAY, View.WEEK} and board.spot is not None and board.focused is None:
            board.keys.enter()
        else:
            open_booking(self.counter, BookFor(day=self.month.at if self.view is View.MONTH else self.on))

    # Inside

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._pages: dict[View, QWidget] = {View.MONTH: self.month, View.AGENDA: self.agenda}
        for page in (self.board, self.month, self.agenda):
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self._pages.get(self.view, self.board))
        self.header.show_view(self.view)
        self._body = QWidget()
        inside = row(self._stack, self.pins, spacing=0)
        inside.setStretch(0, 1)
        self._body.setLayout(inside)
        lines = column(self.header, self.stuck, spacing=0)
        lines.addWidget(self._body, 1)
        self.setLayout(lines)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        board = self.board
        board.chosen.connect(self.cards.choose)
        board.opened.connect(self.cards.open)
        board.travelled.connect(self.cards.follow)
        board.wanted.connect(self.cards.book_at)
        board.asked.connect(self.cards.step)
        board.chosen.connect(lambda _entry: self.carrying.close_callout())
        board.move_asked.connect(self.cards.move_by_words)
        board.travelled.connect(lambda _entry: access.tell_focus(board))
        board.menu_asked.connect(self.menu.open)
        board.turned.connect(self.turn)
        self.month.opened.connect(self.open_day)
        self.month.chosen.connect(self.cards.choose)
        self.month.chosen.connect(lambda _entry: self.carrying.close_callout())
        self.month.turned.connect(self.turn)
        self.month.menu_asked.connect(self.menu.open)
        self.agenda.opened.connect(self.cards.open_line)
        self.aside.shown_changed.connect(self._filter)
        self.aside.month.picked.connect(self.go_to)
        self.aside.month.leafed.connect(self._ask_busy)
        self.header.connect_to(self)

    def zoom(self, direction: int) -> None:
        """Draw the hours higher or lower, or as usual."""
        self.board.zoom_to(self.board.zoom * ZOOM_STEP**direction if direction else 1.0)

    def event(self, event: QEvent) -> bool:
        """Take the keys that mean something else on other screens, before the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and (
            self.header.is_ours(event) or self._lets_go(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _lets_go(self, event: QEvent) -> bool:
        """Tell whether Esc is for what is carried, or for what was said of the last drop."""
        return (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self.carrying.under_way or self.carrying.said_something or bool(self.header.asked(self)))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.carrying.under_way:
            self.carrying.give_up()
        elif event.key() == Qt.Key.Key_Escape and (self.carrying.close_callout() or self.header.asked(self)):
            self.setFocus()
        elif not self.header.press(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        shown = self._stack.currentWidget()
        if shown is not None:
            (self.agenda.view if shown is self.agenda else shown).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.carrying.close_callout()
