"""A series: the same hour again and again, each visit looked at before all of them are booked at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from clinic.office import series
from clinic.wording import _, day, ngettext, short_day
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.booking.series_row import PlannedRow
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import primary
from ui.widgets.cards import Page, column
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice, Line
from ui.widgets.forms import Form
from ui.widgets.times import TimeLine

if TYPE_CHECKING:
    from clinic.office.proposals import Choices
    from clinic.office.series import Made, Order, Planned, Suggestion
    from clinic.values import Refusal, RoomId
    from ui.screen import Counter

MOST, MOST_WEEKS, PER_WEEK = 60, 8, 7
RESTING_MS = 150
NINE = time(9)


class Rhythm(NamedTuple):
    """How often somebody comes, where a plan says so."""

    per_week: int
    every: int
    visits: int


class Start(NamedTuple):
    """What a series begins with: for whom, when first, and as often as a plan says, if one does."""

    name: str
    first: datetime
    rhythm: Rhythm | None = None


def told(order: Order, start: Start) -> dict[str, str]:
    """Tell what a series began with, by which its panel is opened again."""
    rhythm = "/".join(map(str, start.rhythm)) if start.rhythm else ""
    facts = {
        "client": order.client,
        "treatment": order.treatment,
        "staff": order.staff,
        "room": order.room or "",
        "minutes": str(order.minutes or ""),
        "sites": ",".join(order.sites),
        "products": ",".join(order.products),
        "first": start.first.isoformat(),
        "rhythm": rhythm,
    }
    return {name: fact for name, fact in facts.items() if fact}


def open_series(counter: Counter, order: Order, choices: Choices, start: Start) -> SeriesPanel:
    """Put a series together at the right of whatever screen is open."""
    panel = SeriesPanel(counter, order, choices, start)
    counter.show_panel(panel)
    return panel


class SeriesPanel(QWidget):
    """How often, how many times, and what stands in the way."""

    def __init__(self, counter: Counter, order: Order, choices: Choices, start: Start) -> None:
        super().__init__()
        self._counter = counter
        self._order = order
        self._choices = choices
        self._rhythm = start.rhythm
        self.way = Way("today", "series", told(order, start))
        self._under_way = False
        self.rows: list[PlannedRow] = []
        treatment = next(each.name for each in choices.treatments if each.id == order.treatment)
        who = _("{client}: {treatment}, {n} min").format(
            client=start.name, treatment=treatment, n=order.minutes
        )
        head = Head(_("Book a series"), who, counter.hide_panel)
        self.day = DayLine(choices.now.date(), start.first.date())
        self.time = TimeLine(start.first.time() if start.first != choices.now else NINE)
        self.per_week = Choice([(str(n), n) for n in range(1, PER_WEEK + 1)])
        self.every = Choice(
            [(ngettext("every week", "every {n} weeks", n).format(n=n), n) for n in range(1, MOST_WEEKS + 1)]
        )
        self.staff = Choice([(name, key) for key, name in choices.therapists])
        self.staff.choose(order.staff)
        self.room = Choice([(_("No room"), None), *((name, key) for key, name in choices.rooms)])
        self.room.choose(order.room)
        self.count = Line("6")
        self.count.setValidator(QIntValidator(1, MOST, self.count))
        self._lay_out_form()
        self._letter = text.soft(wrap=True)
        self._letter.hide()
        self._told = text.soft(wrap=True)
        self._list = column(spacing=0)
        self.button = primary(_("Book the series"), self.book, icon="repeat")
        self.button.setEnabled(False)
        self._page = Page(margin=18)
        for thing in (head, self.form, self._letter, text.rule(), self._told):
            self._page.body.addWidget(thing)
        self._page.body.addLayout(self._list)
        self._page.body.addStretch(1)
        foot = QWidget()
        foot.setLayout(column(self.button, margin=18))
        self.setLayout(column(self._page, foot, spacing=0))
        self.setAccessibleName(_("Book a series"))
        self._resting = QTimer(self, singleShot=True, interval=RESTING_MS)
        self._resting.timeout.connect(self._look)
        self._connect()
        QTimer.singleShot(0, self.day, self.day.setFocus)
        counter.runner.ask(partial(series.suggest, client=order.client), self._suggest)

    def _lay_out_form(self) -> None:
        self.form = Form(2)
        self.form.add("day", _("First day"), self.day)
        self.form.add("at", _("Time"), self.time)
        self.form.add("per_week", _("Visits a week"), self.per_week)
        self.form.add("every", _("Weeks"), self.every)
        self.form.add("count", _("Visits in all"), self.count)
        self.form.add("staff", _("Therapist"), self.staff)
        if self._choices.rooms:
            self.form.add("room", _("Room"), self.room)
        for box in (self.staff, self.room):
            box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)

    def minimumSizeHint(self) -> QSize:
        inner = self._page.widget()
        return QSize(inner.minimumSizeHint().width() if inner is not None else 0, 0)

    def _connect(self) -> None:
        self.day.textChanged.connect(lambda _typed: self._resting.start())
        self.time.textChanged.connect(lambda _typed: self._resting.start())
        for box in (self.per_week, self.every, self.staff, self.room):
            box.currentIndexChanged.connect(lambda _at: self._resting.start())
        self.count.textChanged.connect(lambda _typed: self._resting.start())

    def _suggest(self, suggested: Suggestion) -> None:
        """Begin as the plan says, or as the letter does."""
        begin = self._rhythm or Rhythm(suggested.per_week, suggested.every, suggested.count)
        self.per_week.choose(min(begin.per_week, PER_WEEK))
        self.every.choose(min(begin.every, MOST_WEEKS))
        self.count.setText(str(min(begin.visits, MOST)))
        if suggested.letter:
            left = ngettext("{n} visit left", "{n} visits left", suggested.left or 0).format(n=suggested.left)
            parts = [_("Letter {letter}").format(letter=suggested.letter)]
            parts += [left] if suggested.left is not None else []
            parts += [_("valid to {day}").format(day=day(suggested.until))] if suggested.until else []
            self._letter.setText(", ".join(parts))
            self._letter.show()
        self._resting.stop()
        self._look()

    @property
    def first(self) -> datetime | None:
        """The first visit, as typed."""
        on, at = self.day.day, self.time.at
        return datetime.combine(on, at) if on is not None and at is not None else None

    @property
    def order(self) -> Order:
        """What is to be booked again and again, with whom and where."""
        return replace(self._order, staff=self.staff.currentData(), room=self.room.currentData())

    def _look(self) -> None:
        self.form.clear_messages()
        first = self.first
        if first is None:
            missing = "day" if self.day.day is None else "at"
            words = {"day": _("Type a day, such as t, +2w or nov 3."), "at": _("Type a time, such as 4pm.")}
            self.form[missing].say(words[missing])
        else:
            self._counter.runner.ask(
                partial(
                    series.preview,
                    order=self.order,
                    first=first,
                    per_week=self.per_week.currentData(),
                    every=self.every.currentData(),
                    count=int(self.count.text() or 0),
                ),
                self._show,
                self._refused,
                latest="booking/series",
            )

    def _show(self, planned: tuple[Planned, ...]) -> None:
        """List the visits; those beyond the letter, on holidays or in somebody's way are not ticked."""
        text.clear(self._list)
        covered = any(each.letter and not each.beyond for each in planned)
        self.rows = [
            PlannedRow(each, self._choices, ticked=_ticked(each, covered=covered)) for each in planned
        ]
        for row in self.rows:
            row.changed.connect(self._tell)
            self._list.addWidget(row)
        self._tell()

    def _tell(self) -> None:
        chosen, hindered = self.chosen, [row for row in self.rows if not row.planned.free and not row.instead]
        parts = []
        if hindered:
            parts.append(ngettext("{n} clash", "{n} clashes", len(hindered)).format(n=len(hindered)))
        holidays = sum(row.planned.holiday is not None for row in self.rows)
        if holidays:
            parts.append(
                ngettext("{n} falls on a holiday", "{n} fall on holidays", holidays).format(n=holidays)
            )
        beyond = sum(row.planned.beyond for row in self.rows)
        if beyond and any(row.planned.letter and not row.planned.beyond for row in self.rows):
            parts.append(
                ngettext("{n} is beyond the letter", "{n} are beyond the letter", beyond).format(n=beyond)
            )
        self._told.setText(", ".join(parts) if parts else _("Every time is free."))
        words = ngettext("Book {n} visit", "Book {n} visits", len(chosen)).format(n=len(chosen))
        self.button.say(words if chosen else _("Book the series"))
        self.button.setEnabled(bool(chosen) and not self._under_way)

    @property
    def chosen(self) -> list[tuple[datetime, RoomId | None]]:
        """The visits that would be booked, with their rooms."""
        return [(row.at, row.planned.room) for row in self.rows if row.ticked]

    def book(self) -> None:
        """Book what is ticked, all or none."""
        if self._under_way or not self.chosen:
            return
        self._under_way = True
        self.button.setEnabled(False)
        task = partial(series.book, order=self.order, visits=tuple(self.chosen))
        self._counter.runner.do(task, partial(self._booked, task), self._refused)

    def _booked(self, task: partial[Made], made: Made) -> None:
        runner, counter = self._counter.runner, self._counter
        held = _Held(made)
        step = Step(
            _("series"),
            lambda: runner.do(lambda work: series.take_back(work, held.made), _nothing),
            lambda: runner.do(task, held.keep),
        )
        times = self.chosen
        counter.hide_panel()
        n = len(made.appointments)
        said = ngettext(
            "{n} visit booked, from {first} to {last}.", "{n} visits booked, from {first} to {last}.", n
        )
        counter.toast(
            said.format(n=n, first=short_day(times[0][0].date()), last=short_day(times[-1][0].date())), step
        )

    def _refused(self, refusal: Refusal) -> None:
        self._under_way = False
        self._tell()
        self.form.refuse(refusal.at, sentence(refusal))


class _Held:
    """The series as it stands: booked again after an undo, it is another one."""

    def __init__(self, made: Made) -> None:
        self.made = made

    def keep(self, made: Made) -> None:
        """Remember what it is called now."""
        self.made = made


def _ticked(planned: Planned, *, covered: bool) -> bool:
    return planned.free and planned.holiday is None and not (covered and planned.beyond)


def _nothing(_answer: object) -> None:
    """Say nothing: the screens look again by themselves."""
