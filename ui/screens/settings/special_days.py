"""Single days with hours of their own: a line for each, typed as people say them; nothing typed is closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic.wording import _
from ui.screens.settings.hours import read, written
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import icon_only, link
from ui.widgets.cards import column, row
from ui.widgets.dates import DayLine
from ui.widgets.fields import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Kept = list[dict[str, Any]]


class SpecialDay(QWidget):
    """One day and its hours."""

    left = Signal()

    def __init__(self, today: date, known: Mapping[str, Any], remove: Callable[[SpecialDay], object]) -> None:
        super().__init__()
        self.on = DayLine(today, date.fromisoformat(known["on"]) if known else None)
        self.on.setAccessibleName(_("Day"))
        self.on.setCursorPosition(0)
        self.on.setMinimumWidth(theme.px(124))
        self.hours = Line(written(known["hours"]) if known else "", hint=_("closed"))
        self.hours.setAccessibleName(_("Open on that day"))
        self._under = text.label("", "caption", "refused", wrap=True)
        self._under.hide()
        self.away = icon_only("x", _("Remove this day"), lambda: remove(self))
        line = row(self.on, self.hours, self.away, spacing=8)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        lines = column(spacing=2)
        lines.addLayout(line)
        lines.addWidget(self._under)
        self.setLayout(lines)
        for each in (self.on, self.hours):
            each.editingFinished.connect(self._finish)

    @property
    def facts(self) -> dict[str, Any] | None:
        """The day and its hours; None while one of them can't be read."""
        spans = read(self.hours.text())
        if self.on.day is None or spans is None:
            return None
        return {"on": self.on.day.isoformat(), "hours": spans}

    def _finish(self) -> None:
        spans = read(self.hours.text())
        said = "" if spans is not None else _("Type hours such as 9-1, 2-6.")
        if self.on.text().strip() and self.on.day is None:
            said = _("Type a day, such as t, +2w or nov 3.")
        self._under.setText(said)
        self._under.setVisible(bool(said))
        if spans is not None:
            self.hours.setText(written(spans))
        if self.facts is not None:
            self.left.emit()


class SpecialDays(QWidget):
    """The days ahead that have hours of their own; those that have passed stay as they were."""

    left = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._passed: Kept = []
        self.rows: list[SpecialDay] = []
        self._lines = column(spacing=6)
        self.add = link(_("Add a day"), self._add_one)
        whole = column(spacing=8)
        whole.addLayout(self._lines)
        foot = row(self.add)
        foot.addStretch(1)
        whole.addLayout(foot)
        self.setLayout(whole)

    def show_days(self, days: Sequence[Mapping[str, Any]] | None) -> None:
        """Show these days in place of the old, unless they are the same."""
        known = [dict(each) for each in days or ()]
        if known == self.days():
            return
        for shown in list(self.rows):
            self._take_away(shown)
        passed = self._today.isoformat()
        self._passed = [each for each in known if each["on"] < passed]
        for each in known:
            if each["on"] >= passed:
                self._add(each)

    def days(self) -> Kept | None:
        """Read the days in order; a line that can't be read yet leaves everything as it was."""
        typed = [each.facts for each in self.rows if each.on.text().strip()]
        if None in typed:
            return None
        by_day = {each["on"]: each for each in typed if each is not None}
        return [*self._passed, *(by_day[on] for on in sorted(by_day))]

    def _add_one(self) -> None:
        self._add({})
        self.rows[-1].on.setFocus()

    def _add(self, known: Mapping[str, Any]) -> None:
        each = SpecialDay(self._today, known, self._remove)
        each.left.connect(self._look)
        self.rows.append(each)
        self._lines.addWidget(each)

    def _remove(self, each: SpecialDay) -> None:
        self._take_away(each)
        self._look()

    def _take_away(self, each: SpecialDay) -> None:
        self.rows.remove(each)
        each.hide()
        each.deleteLater()

    def _look(self) -> None:
        if self.days() is not None:
            self.left.emit()
