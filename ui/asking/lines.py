"""Answers that are typed: words, a number, a day, a moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QDoubleValidator

from ui.asking.control import Control, Press
from ui.theme import theme
from ui.widgets import text
from ui.widgets.cards import column, row
from ui.widgets.dates import DayLine
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.times import TimeLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from clinic.office.forms import Part
    from ui.asking.control import Manner

LONGEST = 300


def fitted(line: QLineEdit, control: Control, wide: int = 0) -> QLineEdit:
    """Make a line as high as this manner asks for, named like its control."""
    line.setProperty("touch", control.manner.touch)
    line.setMaxLength(LONGEST)
    if not line.accessibleName():
        line.setAccessibleName(control.accessibleName())
    if wide:
        line.setMinimumWidth(theme.px(wide))
        line.setMaximumWidth(theme.px(wide * 2))
    return line


class Words(Control):
    """Words in one's own words."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.line = fitted(Line("", manner.say(part.hint)), self, 220)
        self.line.setMaximumWidth(16_777_215)
        self.line.textEdited.connect(lambda _typed: self.changed.emit())
        self.setLayout(column(self.line, spacing=0))

    @property
    def answer(self) -> Any:
        return self.line.text().strip() or None

    def show_answer(self, answer: Any) -> None:
        self.line.setText(answer or "")


class WordsOrNone(Control):
    """A few things in one's own words, parted by commas, or plainly none."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.line = fitted(Line(), self, 200)
        self.none = Press(manner.word("no_to_this"), manner, "answer", self._press_none)
        self.none.setCheckable(True)
        self.line.textEdited.connect(self._typed)
        line = row(self.line, self.none, spacing=6)
        line.setStretch(0, 1)
        self.setLayout(line)

    def _typed(self, _typed: str) -> None:
        self.none.setChecked(False)
        self.changed.emit()

    def _press_none(self) -> None:
        self.line.clear()
        self.changed.emit()

    @property
    def answer(self) -> Any:
        said = [part for part in (each.strip() for each in self.line.text().split(",")) if part]
        return said if said or self.none.isChecked() else None

    def show_answer(self, answer: Any) -> None:
        self.line.setText(", ".join(answer or ()))
        self.none.setChecked(answer is not None and not answer)


class Number(Control):
    """A number within bounds; anything else is no answer."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.line = fitted(Line(), self, 72)
        check = QDoubleValidator(part.least or 0, part.most or 10_000, 1, self.line)
        check.setNotation(QDoubleValidator.Notation.StandardNotation)
        self.line.setValidator(check)
        self.line.textEdited.connect(lambda _typed: self.changed.emit())
        line = row(self.line, spacing=6)
        unit = manner.say(part.unit)
        if unit:
            line.addWidget(text.soft(unit))
        line.addStretch(1)
        self.setLayout(line)

    @property
    def answer(self) -> Any:
        if not self.line.hasAcceptableInput():
            return None
        number = float(self.line.text())
        return int(number) if number.is_integer() else number

    def show_answer(self, answer: Any) -> None:
        self.line.setText("" if answer is None else f"{answer:g}")


class Day(Control):
    """A day, typed or picked; it lies behind unless the question looks ahead."""

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__(part, manner)
        self.line = DayLine(manner.now.date(), past=part.key != "due")
        self.line.setPlaceholderText(manner.word("day_hint"))
        fitted(self.line, self, 150)
        self.line.textEdited.connect(lambda _typed: self.changed.emit())
        self.line.editingFinished.connect(self.changed)
        line = row(self.line)
        line.addStretch(1)
        self.setLayout(line)

    @property
    def answer(self) -> Any:
        return None if self.line.day is None else self.line.day.isoformat()

    def show_answer(self, answer: Any) -> None:
        self.line.set_day(None if answer is None else date.fromisoformat(answer[:10]))


class Moment(Control):
    """A day and a time; where the day alone will do, the time may be left out."""

    def __init__(self, part: Part, manner: Manner, *, day_will_do: bool) -> None:
        super().__init__(part, manner)
        self._day_will_do = day_will_do
        self.day = DayLine(manner.now.date(), past=True)
        self.day.setPlaceholderText(manner.word("day_hint"))
        self.time = TimeLine()
        self.time.setPlaceholderText(manner.word("time_hint"))
        self.time.setAccessibleName(f"{self.accessibleName()}, {manner.word('time_hint')}")
        fitted(self.day, self, 140)
        fitted(self.time, self, 84)
        for line in (self.day, self.time):
            line.textEdited.connect(lambda _typed: self.changed.emit())
            line.editingFinished.connect(self.changed)
        self.setLayout(Flow(self.day, self.time, spacing=6))

    @property
    def answer(self) -> Any:
        day, at = self.day.day, self.time.at
        if day is None and at is not None:
            day = self.manner.now.date()  # a time alone is of today
        if day is None or (at is None and not self._day_will_do):
            return None
        return day.isoformat() if at is None else datetime.combine(day, at).isoformat(timespec="minutes")

    def show_answer(self, answer: Any) -> None:
        self.day.set_day(None if answer is None else date.fromisoformat(answer[:10]))
        self.time.set_time(datetime.fromisoformat(answer).time() if answer and "T" in answer else None)
