"""Changing a series: one visit, this and the following, or all of them, moved or given up together."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinic.office import series
from clinic.values import Scope
from clinic.wording import _, clock, ngettext, weekday
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import Segments, primary, quiet
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.forms import Form
from ui.widgets.times import TimeLine

if TYPE_CHECKING:
    from clinic.office.booking import Moved
    from clinic.office.series import Standing
    from clinic.values import AppointmentId, Refusal
    from ui.screen import Counter


def open_series_change(counter: Counter, appointment: AppointmentId) -> None:
    """Show the series of a visit at the right, to change it."""

    def show(standing: Standing) -> None:
        counter.show_panel(SeriesChange(counter, standing))

    counter.runner.ask(partial(series.standing, appointment=appointment), show)


class SeriesChange(QWidget):
    """Which visits, and when they are to be instead."""

    def __init__(self, counter: Counter, standing: Standing) -> None:
        super().__init__()
        self._counter = counter
        self._standing = standing
        self._under_way = False
        whole = len(standing.ahead)
        following = sum(at >= standing.at for at in standing.ahead)
        self._many = {Scope.ONE: 1, Scope.FOLLOWING: following, Scope.ALL: whole}
        under = ngettext("{n} visit still ahead", "{n} visits still ahead", whole).format(n=whole)
        self.scope = Segments(
            [
                (Scope.ONE.value, _("This one")),
                (Scope.FOLLOWING.value, _("And following")),
                (Scope.ALL.value, _("All")),
            ],
            _("Which visits"),
        )
        self.day = DayLine(standing.at.date(), standing.at.date())
        self.time = TimeLine(standing.at.time())
        self.form = Form(2)
        self.form.add("scope", _("Which visits"), self.scope, wide=True)
        self.form.add("day", _("This one goes to"), self.day)
        self.form.add("at", _("Time"), self.time)
        self._told = text.caption(wrap=True)
        self.button = primary(_("Move"), self.carry_over, icon="calendar-clock")
        self.cancel = quiet(_("Cancel them"), self.give_up, icon="calendar-x")
        lines = column(
            Head(_("Change the series"), under, counter.hide_panel), self.form, spacing=16, margin=18
        )
        lines.addWidget(self._told)
        lines.addStretch(1)
        lines.addWidget(self.cancel)
        lines.addWidget(self.button)
        self.setLayout(lines)
        self.setAccessibleName(_("Change the series"))
        self.scope.switched.connect(lambda _key: self._tell())
        self.day.textChanged.connect(lambda _typed: self._tell())
        self.time.textChanged.connect(lambda _typed: self._tell())
        self._tell()
        QTimer.singleShot(0, self.day, self.day.setFocus)

    @property
    def at(self) -> datetime | None:
        """Where this visit is to go."""
        on, at = self.day.day, self.time.at
        return datetime.combine(on, at) if on is not None and at is not None else None

    @property
    def _scope(self) -> Scope:
        return Scope(self.scope.chosen)

    def _tell(self) -> None:
        """Say what will become of the visits chosen."""
        n, at = self._many[self._scope], self.at
        self.button.say(ngettext("Move {n} visit", "Move {n} visits", n).format(n=n))
        self.cancel.say(ngettext("Cancel {n} visit", "Cancel {n} visits", n).format(n=n))
        self.button.setEnabled(at is not None and at != self._standing.at)
        if at is None:
            self._told.setText("")
            return
        days = (at.date() - self._standing.at.date()).days
        goes = _("{day}, {time}").format(day=weekday(at.date()), time=clock(at))
        others = ""
        if n > 1 and days:
            shift = ngettext("{n} day", "{n} days", abs(days)).format(n=abs(days))
            others = _("the others {shift} later too") if days > 0 else _("the others {shift} earlier too")
            others = ", " + others.format(shift=shift)
        self._told.setText(f"{goes}{others}")

    def carry_over(self) -> None:
        """Move the visits chosen, all or none."""
        at = self.at
        if at is None or at == self._standing.at:
            return
        task = partial(series.move, appointment=self._standing.appointment, scope=self._scope, at=at)
        said = ngettext("{n} visit moved.", "{n} visits moved.", self._many[self._scope])
        self._do(task, said, _("move of visits"))

    def give_up(self) -> None:
        """Cancel the visits chosen."""
        task = partial(series.cancel, appointment=self._standing.appointment, scope=self._scope)
        said = ngettext("{n} visit cancelled.", "{n} visits cancelled.", self._many[self._scope])
        self._do(task, said, _("cancellation"))

    def _do(self, task: partial[tuple[Moved, ...]], said: str, name: str) -> None:
        if self._under_way:
            return
        self._under_way = True
        counter, runner = self._counter, self._counter.runner

        def done(before: tuple[Moved, ...]) -> None:
            back = partial(series.put_back, before=before)
            counter.hide_panel()
            step = Step(name, lambda: runner.do(back, _nothing), lambda: runner.do(task, _nothing))
            counter.toast(said.format(n=len(before)), step)

        runner.do(task, done, self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._under_way = False
        self.form.refuse("at", sentence(refusal))


def _nothing(_answer: object) -> None:
    """Say nothing: the screens look again by themselves."""
