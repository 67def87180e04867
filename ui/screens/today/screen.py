"""The screen of the day: the list, the one who comes next, and what needs attention."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout

from clinic.office import attention, booking, practice, today
from clinic.values import StaffId, State, Topic
from clinic.wording import _, clock, long_day
from ui.screen import Offer, Screen
from ui.screens.today import words
from ui.screens.today.beside import Attention, NextCard
from ui.screens.today.day import DayList
from ui.undo import Step
from ui.widgets import buttons, text
from ui.widgets.buttons import Segments
from ui.widgets.cards import Empty, Figure, Figures, Page, column, row

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.attention import Item
    from clinic.office.booking import Moved
    from clinic.office.practice import Colleague
    from clinic.office.today import Day, VisitRow
    from ui.screen import Counter

EVERYONE = ""
BOOK = "book"
EVERY_MINUTE = 60_000
STEPS = {
    State.TENTATIVE: State.ARRIVED,
    State.CONFIRMED: State.ARRIVED,
    State.ARRIVED: State.IN_TREATMENT,
    State.IN_TREATMENT: State.DONE,
}


class Today(Screen):
    """The first screen of the morning, open all day."""

    key = "today"
    icon = "sun"
    topics = frozenset({Topic.CALENDAR, Topic.MONEY, Topic.NOTES, Topic.LETTERS, Topic.CLIENTS, Topic.STAFF})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._on: date | None = None
        self._day: Day | None = None
        self._title = text.title()
        self._time = text.soft()
        self._who = Segments([(EVERYONE, _("Everyone"))], _("Whose visits"))
        self._who.switched.connect(self.reload)
        self._figures = Figures()
        empty = Empty(
            _("No visits on this day. Book one, and it stands here."), _("Book a visit"), self._book
        )
        self._list = DayList(empty)
        self._list.asked.connect(self._asked)
        self._next = NextCard()
        self._next.asked.connect(self._asked)
        self._attention = Attention()
        self._attention.opened.connect(lambda client: self.counter.go("clients", client))
        self._lay_out()
        self._act(QKeySequence("Ctrl+T"), _("Go to today"), self._go_today)
        self._act(QKeySequence("PgUp"), _("The day before"), partial(self._go, -1))
        self._act(QKeySequence("PgDown"), _("The day after"), partial(self._go, 1))
        clock_ = QTimer(self, interval=EVERY_MINUTE)
        clock_.timeout.connect(self.reload)
        clock_.start()

    def _act(self, keys: QKeySequence, words_: str, run: object) -> None:
        action = QAction(words_, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(run)
        self.addAction(action)

    def _lay_out(self) -> None:
        days = row(
            buttons.icon_only("arrow-left", _("The day before"), partial(self._go, -1)),
            buttons.quiet(_("Today"), self._go_today),
            buttons.icon_only("arrow-right", _("The day after"), partial(self._go, 1)),
            spacing=4,
        )
        top = row(self._title, self._time, spacing=12)
        top.addLayout(days)
        top.addStretch(1)
        top.addWidget(self._who)
        left = column(self._figures, self._list, spacing=16)
        beside = Page(margin=0)
        beside.body.addWidget(self._next)
        beside.body.addWidget(self._attention)
        beside.body.addStretch(1)
        both = row(spacing=20)
        both.addLayout(left, 5)
        both.addWidget(beside, 3)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 16, 20, 16)
        lines.setSpacing(16)
        lines.addLayout(top)
        lines.addLayout(both, 1)

    @staticmethod
    def title() -> str:
        return _("Today")

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        return (Offer(_("New visit"), "calendar-plus", "Ctrl+N", BOOK),)

    def reload(self) -> None:
        self.runner.ask(practice.colleagues, self._show_colleagues, latest="today/colleagues")
        staff = StaffId(self._who.chosen) if self._who.chosen else None
        self.runner.ask(partial(today.day, on=self._on, staff=staff), self._show_day, latest="today/day")
        self.runner.ask(attention.items, self._show_attention, latest="today/attention")

    def _show_colleagues(self, colleagues: tuple[Colleague, ...]) -> None:
        treating = [(c.id, c.name.split()[0]) for c in colleagues if c.role in {"owner", "therapist"}]
        if len(treating) > 1:
            self._who.offer([(EVERYONE, _("Everyone")), *treating])
        self._who.setVisible(len(treating) > 1)

    def _show_day(self, day: Day) -> None:
        self._day = day
        self._title.setText(long_day(day.on))
        self._time.setText(clock(day.now) if day.on == day.now.date() else "")
        counts = {state: sum(visit.state is state for visit in day.visits) for state in State}
        self._figures.show_figures(
            [
                Figure(
                    words.state(state),
                    str(counts[state]),
                    "",
                    "accent" if state is State.IN_TREATMENT else "ink",
                )
                for state in (State.TENTATIVE, State.CONFIRMED, State.ARRIVED, State.IN_TREATMENT, State.DONE)
            ],
        )
        self._list.show_visits(day.visits)
        ahead = [v for v in day.visits if v.state in {State.TENTATIVE, State.CONFIRMED, State.ARRIVED}]
        coming = [v for v in ahead if v.end > day.now] or ahead
        self._next.show_visit(coming[0] if coming else None, day.now)

    def _show_attention(self, items: tuple[Item, ...]) -> None:
        self._attention.show_items(items)

    def _asked(self, wanted: str, visit: VisitRow) -> None:
        """Do what a line, a key or the card asks for."""
        if wanted == "look" and self._day is not None:
            self._next.show_visit(visit, self._day.now)
        elif wanted == "open":
            self.counter.go("clients", visit.client)
        elif wanted == "arrive" and visit.state in {State.TENTATIVE, State.CONFIRMED}:
            self._advance(visit, State.ARRIVED)
        elif wanted == "pay":
            self.counter.go("till", visit.id)
        elif wanted == "rebook":
            self._book(visit)
        elif wanted == "cancel" and visit.state in {State.TENTATIVE, State.CONFIRMED}:
            self._advance(visit, State.CANCELLED)
        elif wanted == "next":
            self._take_next_step(visit)

    def _take_next_step(self, visit: VisitRow) -> None:
        if visit.state in STEPS:
            self._advance(visit, STEPS[visit.state])
        elif visit.state is State.DONE and (visit.open or not visit.charged):
            self.counter.go("till", visit.id)
        else:
            self._book(visit)

    def _advance(self, visit: VisitRow, to: State) -> None:
        task = partial(booking.advance, appointment=visit.id, to=to)
        self.runner.do(task, partial(self._advanced, to))

    def _advanced(self, to: State, before: Moved) -> None:
        back = partial(self.runner.do, partial(booking.put_back, before=before), _nothing)
        again = partial(
            self.runner.do, partial(booking.advance, appointment=before.appointment, to=to), _nothing
        )
        told = _("The visit is now: {state}").format(state=words.state(to))
        self.counter.toast(told, Step(_("step of visit"), back, again))

    def _book(self, visit: VisitRow | None = None) -> None:
        from ui.screens.today.booking import BookingPanel  # noqa: PLC0415 - made when it is first wanted

        panel = BookingPanel(self.counter, like=visit, on=self._on)
        self.counter.show_panel(panel)
        panel.begin()

    def _go(self, days: int) -> None:
        if self._day is not None:
            self._on = self._day.on + timedelta(days=days)
            self.reload()

    def _go_today(self) -> None:
        self._on = None
        self.reload()

    def set_context(self, what: object) -> None:
        if what == BOOK:
            self._book()


def _nothing(_answer: object) -> None:
    """Wait for no answer: what a step taken back touched is shown by itself."""
