"""What one types into: a line, a search, a password, an amount, one of a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QToolButton

from clinic.values import Money
from clinic.wording import _, figure
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent


ICON, ICON_GAP = 16, 8


class Line(QLineEdit):
    """A line to type in; what is put there by the program is read from its beginning."""

    def __init__(self, value: str = "", hint: str = "") -> None:
        super().__init__(value)
        self.setPlaceholderText(hint)
        self._at_right: list[QToolButton] = []
        self.setCursorPosition(0)

    def setText(self, words: str | None) -> None:
        """Show these words; a long one is not cut off at its beginning."""
        super().setText(words or "")
        if not self.hasFocus():
            self.setCursorPosition(0)

    def put_at_right(self, icon: str, words: str, run: Callable[[], object]) -> QToolButton:
        """Put an icon to press into the line, at its right; it grows with the text."""
        button = QToolButton(self)
        button.setIcon(theme.icon(icon, "soft_ink"))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _ticked: run())
        self._at_right.append(button)
        self._place_icons()
        return button

    def _place_icons(self) -> None:
        """Stand the icons in the middle of the line, and keep the words clear of them."""
        side, gap = theme.px(ICON), theme.px(ICON_GAP)
        right = self.width() - gap
        for button in self._at_right:
            button.setIconSize(QSize(side, side))
            button.setGeometry(right - side, (self.height() - side) // 2, side, side)
            right -= 0 if button.isHidden() else side + gap
        used = self.width() - gap - right
        self.setTextMargins(self._room_left(), 0, used, 0)

    def _room_left(self) -> int:
        return 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._at_right or self._room_left():
            self._place_icons()


class Search(Line):
    """A line that asks as one types, with a magnifier and a cross that empties it."""

    def __init__(self, hint: str) -> None:
        super().__init__("", hint)
        self.setAccessibleName(hint)
        self.cross = self.put_at_right("x", _("Empty the line"), self._empty)
        self.cross.hide()
        self.textChanged.connect(self._show_cross)

    def _show_cross(self, typed: str) -> None:
        if self.cross.isHidden() == bool(typed):
            self.cross.setVisible(bool(typed))
            self._place_icons()

    def _empty(self) -> None:
        self.clear()
        self.textEdited.emit("")

    def _room_left(self) -> int:
        return theme.px(ICON + ICON_GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        picture = theme.pixmap("search", "soft_ink", ICON, self.devicePixelRatioF())
        QPainter(self).drawPixmap(theme.px(ICON_GAP) + 1, (self.height() - theme.px(ICON)) // 2, picture)


class Offers(QCompleter):
    """Offers names while several are typed into one line, a semicolon between them."""

    def __init__(self, names: Sequence[str], line: QLineEdit) -> None:
        super().__init__(list(names), line)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setProperty("role", "offers")
        self.setPopup(popup)
        self._line = line
        line.setCompleter(self)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(";")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        before, semicolon, _typed = self._line.text().rpartition(";")
        chosen = super().pathFromIndex(index)
        return f"{before}; {chosen}" if semicolon else chosen


class Password(Line):
    """A password, hidden until one asks to see it."""

    def __init__(self, hint: str = "") -> None:
        super().__init__("", hint)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = self.put_at_right("eye", _("Show the password"), self._look)

    def show_typed(self) -> None:
        """Let the password be read."""
        self.setEchoMode(QLineEdit.EchoMode.Normal)
        self._name_eye("eye-off", _("Hide the password"))

    def hide_typed(self) -> None:
        """Show dots in place of the password."""
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._name_eye("eye", _("Show the password"))

    def _name_eye(self, icon: str, words: str) -> None:
        self._eye.setIcon(theme.icon(icon, "soft_ink"))
        self._eye.setToolTip(words)
        self._eye.setAccessibleName(words)

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
        picture = theme.pixmap("chevron-down", "soft_ink", ICON, self.devicePixelRatioF())
        side = theme.px(ICON)
        right = self.width() - side - theme.px(ICON_GAP)
        QPainter(self).drawPixmap(right, (self.height() - side) // 2, picture)
