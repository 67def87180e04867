"""Today: the day's visits with what each lacks, what needs attention, and how tomorrow looks."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from clinic.office import cards, flag_cards, proposals, today
from clinic.values import HOLDING, State, Topic
from clinic.wording import _
from ui.screen import Offer, Screen
from ui.screens.booking import BookFor, open_booking, read_back
from ui.screens.booking.series_change import open_series_change
from ui.screens.booking.ways import AGAIN, open_again
from ui.screens.closing import DaySheetPanel, open_closing, open_panel
from ui.screens.today import taking
from ui.screens.today.beside import Beside, side
from ui.screens.today.card import VisitCardPanel
from ui.screens.today.day_list import DayList
from ui.screens.today.head import EVERYONE, Head
from ui.screens.today.words import Do
from ui.shortcuts import shortcut
from ui.theme import theme
from ui.widgets.cards import column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from clinic.office.attention import Item
    from clinic.office.booking import Moved
    from clinic.office.cards import VisitCard
    from clinic.office.flag_cards import Seen
    from clinic.office.today import Day, VisitRow
    from clinic.values import AppointmentId, Refusal
    from ui.screen import Counter
from ui.screens.today.beside import Side

MINUTE_MS, RESTING_MS = 60_000, 400
SIDE = 300
BESIDE = 800
"""From this width on, at its size of text, what needs attention stands beside the day and not under it."""
UNBOUNDED = 16_777_215
"""As wide as Qt lets a widget be."""


class Opening(Enum):
    """What Today can be opened on besides a day."""

    NOW = auto()
    NEW_VISIT = auto()
    DAY_SHEET = auto()
    CLOSE = auto()


class Today(Screen):
    """The day, as it goes."""

    key: ClassVar[str] = "today"
    icon: ClassVar[str] = "sun"
    shortcut: ClassVar[str] = "Ctrl+T"
    home: ClassVar[object] = Opening.NOW
    topics: ClassVar[frozenset[Topic]] = frozenset(Topic)

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._on: date | None = None
        self._day: Day | None = None
        self._card: VisitCardPanel | None = None
        self._card_for: AppointmentId | None = None
        """Whose card is shown or asked for; something else in the panel means nobody's."""
        self._wanted: AppointmentId | None = None
        """Whose card is shown once its day is."""
        self.head = Head()
        self.head.turned.connect(self.turn)
        self.head.today_asked.connect(self._go_to_today)
        self.head.sheet_asked.connect(self.show_sheet)
        self.head.close_asked.connect(self.close_day)
        self.head.who.switched.connect(lambda _key: self._show_list())
        self.list = DayList(self.book)
        self.list.asked.connect(self.carry_out)
        self.list.card_asked.connect(self.ask_card)
        self.list.chosen.connect(self._follow_with_card)
        self.side = Beside(counter)
        self.side.tomorrow_asked.connect(self._open_tomorrow)
        self.side.changed.connect(self._ask_side)
        self.side.fee_asked.connect(self._open_card_of)
        self._lay_out()
        self._add_keys()
        self._resting = QTimer(self, singleShot=True, interval=RESTING_MS)
        self._resting.timeout.connect(self._ask_side)
        timer = QTimer(self, interval=MINUTE_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    @staticmethod
    def title() -> str:
        return _("Today")

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        return (
            Offer(_("New visit"), "calendar-plus", "Ctrl+N", Opening.NEW_VISIT, "calendar_change"),
            Offer(_("Day sheet"), "printer", "", Opening.DAY_SHEET, "calendar_see"),
            Offer(_("Close of day"), "moon", "", Opening.CLOSE, "day_close"),
        )

    def set_context(self, what: object) -> None:
        """Open on today, on another day, or with the booking panel."""
        if what is Opening.NOW:
            self._on = None
        elif isinstance(what, date):
            self._on = what
        elif what is Opening.NEW_VISIT:
            self.book()
        elif what is Opening.DAY_SHEET:
            self.show_sheet()
        elif what is Opening.CLOSE:
            self.close_day()
        elif isinstance(what, BookFor):
            self._open_booking(what)

    def reload(self) -> None:
        """Ask for the day, and for what stands beside it once the hands rest: that takes longer."""
        self._ask_day()
        if self.side.isHidden():
            self._ask_side()
        else:
            self._resting.start()

    def _ask_day(self) -> None:
        self.runner.ask(partial(today.day, on=self._on), self._show_day, self._keep_off, latest="today/day")

    def _ask_side(self) -> None:
        self.runner.ask(side, self._show_side, self._say_nothing, latest="today/side")

    # What is done from here

    def book(self) -> None:
        """Open the booking panel on the day shown."""
        self._open_booking(BookFor(day=self._on))

    def reopen(self, form: str, of: Mapping[str, str]) -> None:
        """Open again the visit that was being put together, or what stands beside it."""
        self._card_for = None
        if form in AGAIN:
            open_again(self.counter, form, of)
            return
        panel = open_booking(self.counter, read_back(of))
        if form == "new visit":
            self.runner.ask(proposals.choices, lambda _known: panel.who.begin_new(""))

    def _open_booking(self, wanted: BookFor) -> None:
        self._card_for = None
        open_booking(self.counter, wanted)

    def show_sheet(self) -> None:
        """Show the day on paper."""
        self._card_for = None
        self.runner.ask(partial(today.day, on=self._on), self._show_sheet, self._keep_off)

    def _show_sheet(self, day: Day) -> None:
        people = {visit.staff: visit.staff_name for visit in day.visits}
        among = sorted(people.items(), key=lambda each: each[1])
        open_panel(self.counter, DaySheetPanel(self.counter, day.on, among, self.head.who.chosen))

    def close_day(self) -> None:
        """Open the close of the day."""
        self._card_for = None
        open_closing(self.counter)

    def turn(self, days: int) -> None:
        """Go to another day."""
        if self._day is not None:
            self._on = self._day.on + timedelta(days=days)
            self._on = None if self._on == self._day.now.date() else self._on
            self.reload()

    def carry_out(self, do: Do, visit: VisitRow) -> None:
        """Take a step with a visit."""
        if do is Do.REBOOK:
            self._card_for = None
        taking.take(self.counter, do, visit, self._go_back_to)

    def _go_back_to(self, before: Moved) -> None:
        """Take the hands back to the visit they were on."""
        line = self.list.lines.get(before.appointment)
        if line is not None:
            line.setFocus()

    # The card

    def ask_card(self, visit: VisitRow) -> None:
        """Show the card of a visit at the right."""
        self._card_for = visit.id
        self.runner.ask(
            partial(_card_and_flags, appointment=visit.id),
            partial(self._show_card, visit.id),
            latest="today/card",
        )

    def _show_card(self, visit: AppointmentId, found: tuple[VisitCard, Seen | None]) -> None:
        card, seen = found
        row_ = self._visit(visit)
        if self._day is None or row_ is None or self._card_for != visit:
            return
        panel = VisitCardPanel(card, row_, self._day, self.counter.hide_panel, seen)
        panel.asked.connect(lambda do: self.carry_out(do, self._visit(visit) or row_))
        panel.series_asked.connect(partial(open_series_change, self.counter, visit))
        panel.closed.connect(self._card_closed)
        before, self._card = self._card, panel
        held = before is not None and before.isAncestorOf(QApplication.focusWidget() or self)
        self.list.mark(visit)
        self.counter.show_panel(panel, severity=seen.outcome if seen is not None else "")
        if held:
            panel.button.setFocus()

    def _visit(self, key: AppointmentId) -> VisitRow | None:
        """Find a visit of the day shown."""
        visits = self._day.visits if self._day is not None else ()
        return next((visit for visit in visits if visit.id == key), None)

    def _open_card_of(self, item: Item) -> None:
        """Show the card of a visit of any day."""
        self._on, self._wanted = item.on, item.appointment
        self._ask_day()

    def _card_closed(self, panel: VisitCardPanel) -> None:
        if self._card is panel:
            self._card = self._card_for = None
            self.list.mark(None)

    def _follow_with_card(self, visit: VisitRow) -> None:
        """While a card is open it is the card of the visit in focus."""
        if self._card is not None and self._card.visit != visit.id:
            self.ask_card(visit)

    # Showing

    def _show_day(self, day: Day) -> None:
        first = self._day is None
        turned = self._day is not None and self._day.on != day.on
        self._day = day
        self.head.show_day(day)
        self._show_list()
        if self._card is not None and not turned:
            row_ = self._visit(self._card.visit)
            if row_ is not None and row_ != self._card.row:
                self.ask_card(row_)
        wanted = self._visit(self._wanted) if self._wanted else None
        if wanted is not None:
            self._wanted = None
            self.ask_card(wanted)
        if (first or turned) and (self.hasFocus() or self.list.holds_focus):
            self.list.focus_first()

    def _show_list(self) -> None:
        if self._day is not None:
            who = self.head.who.chosen
            self.list.show_day(self._day, tuple(v for v in self._day.visits if who in {EVERYONE, v.staff}))

    def _show_side(self, shown: Side) -> None:
        self.side.show_side(shown)
        self.head.offer_people(shown.people)

    def _keep_off(self, _refusal: Refusal) -> None:
        """Say so where somebody's role has no calendar."""
        self._body.hide()
        self.head.heading.setText(_("Your role does not see the calendar."))

    def _say_nothing(self, _answer: object) -> None:
        """Let a thing be done without words; the screen shows it."""

    def _tick(self) -> None:
        if self.isVisible():
            self._ask_day()

    # Inside

    def _lay_out(self) -> None:
        self._body = QWidget()
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(20)
        self._parts.addWidget(self.list, 1, Qt.AlignmentFlag.AlignTop)
        self._parts.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(spacing=14, margin=20)
        lines.setContentsMargins(20, 12, 20, 20)
        lines.addWidget(self.head)
        lines.addWidget(self._body)
        lines.addStretch(1)
        self.setLayout(lines)

    def _add_keys(self) -> None:
        sheet = shortcut(self, _("Day sheet"), "Ctrl+P", self.show_sheet)
        sheet.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for words_, keys, days in (
            (_("The day before"), ("PgUp", "Left"), -1),
            (_("The day after"), ("PgDown", "Right"), 1),
        ):
            for key in keys:
                action = shortcut(self, words_, key, partial(self.turn, days))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _go_to_today(self) -> None:
        self._on = None
        self.reload()

    def _open_tomorrow(self) -> None:
        if self._day is not None:
            self._on = self._day.now.date() + timedelta(days=1)
            self.reload()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(BESIDE)
        self._parts.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self.side.setMinimumWidth(theme.px(SIDE) if wide else 0)
        self.side.setMaximumWidth(theme.px(SIDE) if wide else UNBOUNDED)


def _card_and_flags(work: Any, *, appointment: AppointmentId) -> tuple[VisitCard, Seen | None]:
    """Ask for the card of a visit, and for what the rules say of it while it is ahead."""
    card = cards.of_visit(work, appointment)
    ahead = card.state in HOLDING and card.state is not State.DONE
    return card, flag_cards.of_booked(work, appointment) if ahead else None
