"""Forms: the label above the field, the message under it, two columns at most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from clinic.values import Money
from clinic.wording import _, day, figure
from ui.theme import theme
from ui.widgets import text
from ui.widgets.days import typed_day

V = TypeVar("V")


class Line(QLineEdit):
    """A line to type in."""

    def __init__(self, value: str = "", hint: str = "") -> None:
        super().__init__(value)
        self.setPlaceholderText(hint)


class Search(Line):
    """A line that asks as one types, with a magnifier and a cross that empties it."""

    def __init__(self, hint: str) -> None:
        super().__init__("", hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search", "soft_ink"), QLineEdit.ActionPosition.LeadingPosition)


class Password(Line):
    """A password, hidden until one asks to see it."""

    def __init__(self, hint: str = "") -> None:
        super().__init__("", hint)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye: QAction = self.addAction(
            theme.icon("eye", "soft_ink"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._eye.setToolTip(_("Show the password"))
        self._eye.triggered.connect(self._look)

    def _look(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(theme.icon("eye-off" if hidden else "eye", "soft_ink"))
        self._eye.setToolTip(_("Hide the password") if hidden else _("Show the password"))


class MoneyLine(Line):
    """An amount; it is written out in full on leaving."""

    def __init__(self, amount: Money | None = None) -> None:
        super().__init__("" if amount is None else figure(amount), "0.00")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(theme.font(figures=True))
        self.editingFinished.connect(self._write_out)

    @property
    def amount(self) -> Money | None:
        """The amount typed; None where nothing, or no amount, is."""
        try:
            return Money.of(self.text())
        except ValueError:
            return None

    def set_amount(self, amount: Money | None) -> None:
        """Show an amount."""
        self.setText("" if amount is None else figure(amount))

    def _write_out(self) -> None:
        if self.amount is not None:
            self.set_amount(self.amount)


class DayLine(Line):
    """A day, typed as people do (`t`, `+2w`, `nov 3`) or picked from a month; written out in full on leaving."""

    def __init__(self, today: date, value: date | None = None, *, past: bool = False) -> None:
        super().__init__("" if value is None else day(value), _("t, +2w, nov 3"))
        self._today = today
        self._past = past
        self._value = value
        self.textEdited.connect(self._read)
        self.editingFinished.connect(self._write_out)
        picking = self.addAction(theme.icon("calendar", "soft_ink"), QLineEdit.ActionPosition.TrailingPosition)
        picking.setToolTip(_("Pick a day"))
        picking.triggered.connect(self._pick)

    @property
    def day(self) -> date | None:
        """The day meant; None where nothing, or no day, is typed."""
        return self._value

    def set_day(self, value: date | None) -> None:
        """Show a day."""
        self._value = value
        self.setText("" if value is None else day(value))

    def _read(self, typed: str) -> None:
        self._value = typed_day(typed, self._today, past=self._past)

    def _write_out(self) -> None:
        if self._value is not None:
            self.setText(day(self._value))

    def _pick(self) -> None:
        menu = QMenu(self)
        month = QCalendarWidget(menu)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
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


class Choice(QComboBox):
    """One of a few; each choice carries the value it stands for."""

    def __init__(self, choices: Sequence[tuple[str, object]] = ()) -> None:
        super().__init__()
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, object]]) -> None:
        """Put these (words, value) choices in place of the old."""
        self.clear()
        for words, value in choices:
            self.addItem(words, value)

    def choose(self, value: object) -> None:
        """Show the choice that stands for the value."""
        for at in range(self.count()):
            if self.itemData(at) == value:
                self.setCurrentIndex(at)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        picture = theme.pixmap("chevron-down", "soft_ink", 16, self.devicePixelRatioF())
        side = theme.px(16)
        QPainter(self).drawPixmap(self.width() - side - 8, (self.height() - side) // 2, picture)


class Field(QWidget):
    """A label, the field under it, and under that its message."""

    left = Signal()
    """Someone has finished with the field: the moment to check it."""

    def __init__(self, name: str, editor: QWidget, *, optional: bool = False) -> None:
        super().__init__()
        self.editor = editor
        editor.setAccessibleName(name)
        editor.installEventFilter(self)
        self._above = text.label(name, "caption", "soft")
        self._above.setBuddy(editor)
        self._under = text.label("", "caption", "refused", wrap=True)
        self._under.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        if optional:
            self._above.setText(_("{name}, optional").format(name=name))
        lines.addWidget(self._above)
        lines.addWidget(editor)
        lines.addWidget(self._under)
        lines.addStretch(1)

    def say(self, message: str = "") -> None:
        """Put a message under the field, or take it away."""
        self._under.setText(message)
        self._under.setVisible(bool(message))
        self.editor.setAccessibleDescription(message)
        self.editor.setProperty("refused", bool(message))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    @property
    def message(self) -> str:
        """What is said under the field now."""
        return self._under.text()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice that someone leaves the field."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self.left.emit()
        return super().eventFilter(watched, event)


class Form(QWidget):
    """Fields by name, in one column or two; a refusal goes to the field it is about."""

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        self._columns = columns
        self._cells = 0
        self._fields: dict[str, Field] = {}
        self._general = text.label("", "body", "refused", wrap=True)
        self._general.hide()
        self._grid.addWidget(self._general, 1_000, 0, 1, columns)

    def add(
        self,
        key: str,
        name: str,
        editor: QWidget,
        *,
        wide: bool = False,
        optional: bool = False,
        check: Callable[[], str] | None = None,
    ) -> Field:
        """Add a field; `check` says on leaving it what is wrong, or nothing."""
        field = Field(name, editor, optional=optional)
        if check is not None:
            field.left.connect(lambda: field.say(check()))
        span = self._columns if wide else 1
        if wide and self._cells % self._columns:
            self._cells += self._columns - self._cells % self._columns
        self._grid.addWidget(field, self._cells // self._columns, self._cells % self._columns, 1, span)
        self._cells += span
        self._fields[key] = field
        return field

    def __getitem__(self, key: str) -> Field:
        return self._fields[key]

    def refuse(self, at: str | None, sentence: str) -> None:
        """Put the sentence under the field it is about, else at the foot of the form, and go there."""
        self.clear_messages()
        field = self._fields.get((at or "").rsplit("/", 1)[-1])
        if field is None:
            self._general.setText(sentence)
            self._general.show()
        else:
            field.say(sentence)
            field.editor.setFocus()

    def clear_messages(self) -> None:
        """Take all messages away."""
        self._general.hide()
        for field in self._fields.values():
            field.say()
