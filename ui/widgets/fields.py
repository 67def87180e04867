"""What one types into: a line, a search, a password, an amount, one of a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from clinic.values import Money
from clinic.wording import _, figure
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        for action in self.findChildren(QAction):
            action.setIcon(theme.icon("x", "soft_ink"))
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

    def show_typed(self) -> None:
        """Let the password be read."""
        self.setEchoMode(QLineEdit.EchoMode.Normal)
        self._eye.setIcon(theme.icon("eye-off", "soft_ink"))
        self._eye.setToolTip(_("Hide the password"))

    def hide_typed(self) -> None:
        """Show dots in place of the password."""
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye.setIcon(theme.icon("eye", "soft_ink"))
        self._eye.setToolTip(_("Show the password"))

    def _look(self) -> None:
        if self.echoMode() == QLineEdit.EchoMode.Password:
            self.show_typed()
        else:
            self.hide_typed()


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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        picture = theme.pixmap("chevron-down", "soft_ink", 16, self.devicePixelRatioF())
        side = theme.px(16)
        QPainter(self).drawPixmap(self.width() - side - 8, (self.height() - side) // 2, picture)
