"""A line for a day, typed as people do or picked from a month."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidgetAction

from clinic.wording import _, day, language
from ui.theme import theme
from ui.widgets.days import typed_day
from ui.widgets.fields import Line


class DayLine(Line):
    """A day typed as `t`, `+2w`, `nov 3`, or picked from a month; written out in full on leaving."""

    def __init__(self, today: date, value: date | None = None, *, past: bool = False) -> None:
        super().__init__("" if value is None else day(value), _("t, +2w, nov 3"))
        self._today = today
        self._past = past
        self._value = value
        self.textEdited.connect(self._read)
        self.editingFinished.connect(self._write_out)
        self.put_at_right("calendar", _("Pick a day"), self._pick)

    @property
    def day(self) -> date | None:
        """The day meant; None where nothing, or no day, is typed."""
        return self._value

    def set_day(self, value: date | None) -> None:
        """Show a day."""
        self._value = value
        self.setText("" if value is None else day(value))
        self.setCursorPosition(0)

    def retype(self, typed: str) -> None:
        """Take a day, or the beginning of one, as if it were typed."""
        self.setText(typed)
        self.textEdited.emit(typed)
        self._write_out()

    def _read(self, typed: str) -> None:
        self._value = typed_day(typed, self._today, past=self._past)

    def _write_out(self) -> None:
        if self._value is not None:
            self.setText(day(self._value))

    def _pick(self) -> None:
        menu = QMenu(self)
        month = QCalendarWidget(menu)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setLocale(QLocale(language()))
        month.setMinimumSize(theme.px(280), theme.px(240))
        month.setGridVisible(False)
        plain = QTextCharFormat()
        plain.setForeground(theme.colour("ink"))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            month.setWeekdayTextFormat(weekend, plain)
        shown = self._value or self._today
        month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(month)
        menu.addAction(holder)

        def picked(chosen: QDate) -> None:
            self.set_day(date(chosen.year(), chosen.month(), chosen.day()))
            menu.close()
            self.editingFinished.emit()

        month.clicked.connect(picked)
        month.activated.connect(picked)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
