"""Opening hours, a line for each day of the week, typed as people say them: 9-1, 2-6."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from clinic.wording import _, clock
from ui.widgets import text
from ui.widgets.fields import Line
from ui.widgets.times import typed_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Hours = dict[str, list[list[str]]]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DASH = re.compile(r"\s*(?:-|\N{EN DASH}|\bto\b|\ba\b)\s*")


def day_names() -> tuple[str, ...]:
    """Name the days of a week, Monday first."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )


def written(spans: Sequence[Sequence[str]]) -> str:
    """Write a day's hours as they may be typed."""
    return ", ".join(
        _("{start} to {end}").format(start=_clock(start), end=_clock(end)) for start, end in spans
    )


def _clock(kept: str) -> str:
    return clock(time.fromisoformat(kept))


def read(typed: str) -> list[list[str]] | None:
    """Read a day's hours, in order and without overlaps; None where they are none. Nothing typed is closed."""
    spans: list[list[str]] = []
    for part in filter(None, (each.strip() for each in typed.split(","))):
        ends = [typed_time(end) for end in DASH.split(part)]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:  # noqa: PLR2004 - from and to
            return None
        start, end = (f"{each:%H:%M}" for each in ends if each is not None)
        if start >= end or (spans and spans[-1][1] > start):
            return None
        spans.append([start, end])
    return spans


class HoursEditor(QWidget):
    """Seven lines; a day left empty is closed."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, Line] = {}
        self._under: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, (key, name) in enumerate(zip(DAYS, day_names(), strict=True)):
            line = Line(hint=_("closed"))
            line.setAccessibleName(_("{day}, open").format(day=name))
            line.editingFinished.connect(self._finish)
            under = text.label("", "caption", "refused")
            under.hide()
            grid.addWidget(text.soft(name), at * 2, 0)
            grid.addWidget(line, at * 2, 1)
            grid.addWidget(under, at * 2 + 1, 1)
            self._lines[key], self._under[key] = line, under

    def hours(self) -> Hours | None:
        """Read the week; None while a day says no hours."""
        week = {key: read(line.text()) for key, line in self._lines.items()}
        return None if None in week.values() else {key: spans for key, spans in week.items() if spans}

    def show_hours(self, hours: Mapping[str, Sequence[Sequence[str]]] | None) -> None:
        """Show a week; a line somebody types in stays as it is."""
        for key, line in self._lines.items():
            if not line.hasFocus():
                line.setText(written((hours or {}).get(key, ())))

    def _finish(self) -> None:
        for key, line in self._lines.items():
            spans = read(line.text())
            under = self._under[key]
            under.setText("" if spans is not None else _("Type hours such as 9-1, 2-6."))
            under.setVisible(spans is None)
            if spans is not None and not line.hasFocus():
                line.setText(written(spans))
        if self.hours() is not None:
            self.left.emit()
