"""A person at the window: presses what is named, types, and has every press counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests import practices
from ui.screens import there_are
from ui.screens.welcome.sign_in import SignIn
from ui.widgets.fields import Choice, Line
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory
    from ui.shell import Shell

W = TypeVar("W", bound=QWidget)
T = TypeVar("T")
LONG = 20_000
ALT, NO_KEY = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Person:
    """Somebody at the counter; an interaction is a press, a chord, or typed text with its Enter."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot = qtbot
        self.window = window
        self.interactions = 0
        self.bugs: list[BaseException] = []
        window.runner.broken.connect(self.bugs.append)

    # What they do

    def press(self, name: str) -> None:
        """Press a button."""
        button = self.find(QAbstractButton, name)
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self._counted()

    def tick(self, name: str) -> None:
        """Tick a box."""
        QTest.keyClick(self.find(QCheckBox, name), Qt.Key.Key_Space)
        self._counted()

    def chord(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        """Press a chord, wherever the focus is."""
        QTest.keyClick(self._focused(), key, modifier)
        self._counted()

    def key(self, key: Qt.Key) -> None:
        """Press a single key, wherever the focus is."""
        self.chord(key, NO_KEY)

    def type_in(self, field: QWidget, text: str, *, enter: bool = False) -> None:
        """Type into a field, in place of what stands there."""
        if isinstance(field, QLineEdit):
            field.selectAll()
        QTest.keyClicks(field, text)
        self.wait()
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)
        self._counted()

    def fill(self, name: str, text: str, *, enter: bool = False) -> None:
        """Type into the line of a name."""
        self.type_in(self.find(Line, name), text, enter=enter)

    def type_here(self, text: str, *, enter: bool = False) -> None:
        """Type where the hands are."""
        self.wait()
        self.type_in(self._focused(), text, enter=enter)

    def open_row(self, table: str, words: str) -> None:
        """Press the row of a table, or of a list, in which these words stand."""
        view = self.find(QAbstractItemView, table)
        index = next(index for index, said in _cells(view) if words in said)
        view.scrollTo(index)
        place = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self._counted()

    def sign_in(self, who: str = "owner") -> None:
        """Say who one is, and give the password."""
        card = self.window.welcome.card
        assert isinstance(card, SignIn)
        self.wait()
        self.find(Choice, "Who signs in").choose(practices.PEOPLE[who])
        self.type_in(card.password, practices.PASSWORD, enter=True)
        self.qtbot.waitUntil(lambda: self.window.shell is not None, timeout=LONG)
        self.wait()
        self.interactions = 0

    # What they see

    def wait(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.window.runner.busy, timeout=LONG)
        self.qtbot.wait(1)
        self.qtbot.waitUntil(lambda: not self.window.runner.busy, timeout=LONG)

    def find(self, kind: type[W], name: str) -> W:
        """Find what is on view by its accessible name, or the beginning of it."""
        self.wait()
        for thing in self.window.findChildren(kind):
            if thing.isVisible() and thing.accessibleName().startswith(name):
                return thing
        seen = sorted({t.accessibleName() for t in self.window.findChildren(kind) if t.isVisible()})
        message = f"no {kind.__name__} named {name}; on view: {seen}"
        raise LookupError(message)

    def sees(self, name: str) -> bool:
        """Tell whether a button of that name is on view."""
        self.wait()
        shown = (button for button in self.window.findChildren(QAbstractButton) if button.isVisible())
        return any(button.accessibleName().startswith(name) for button in shown)

    def reads(self, words: str) -> bool:
        """Tell whether these words stand somewhere on view."""
        self.wait()
        return any(words in label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def reads_soon(self, words: str) -> None:
        """Wait for words that come once nothing more is typed."""
        self.qtbot.waitUntil(lambda: self.reads(words), timeout=LONG)

    def everything(self) -> str:
        """Take all that the window holds in words, on view or not."""
        self.wait()
        held = (self.window, *self.window.findChildren(QWidget))
        return "\n".join(said for widget in held for said in _said_by(widget) if said)

    def screen(self, kind: type[W]) -> W:
        """Take the screen of a kind."""
        self.wait()
        found: list[W] = self.window.findChildren(kind)
        return found[0]

    @property
    def shell(self) -> Shell:
        """The counter one sits at."""
        assert self.window.shell is not None
        return self.window.shell

    def look_up(self, query: Callable[[Any], T]) -> T:
        """Ask the office what stands in the practice file now."""
        self.wait()
        return self.shell.seat.desk.reading(query)

    def _focused(self) -> QWidget:
        focused: QWidget | None = self.window.focusWidget()
        return self.window if focused is None else focused

    def _counted(self) -> None:
        self.interactions += 1
        self.wait()


def _said_by(widget: QWidget) -> Iterator[str]:
    """Read a widget: what it shows, is called, and tells when one points at it."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    match widget:
        case QLabel() | QAbstractButton() | QLineEdit():
            yield widget.text()
        case QPlainTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QAbstractItemView():
            yield from (said for _index, said in _cells(widget))
    yield widget.windowTitle()


def _cells(view: QAbstractItemView) -> Iterator[tuple[Any, str]]:
    model = view.model()
    if model is not None:
        for row in range(model.rowCount()):
            # A list has one column, and does not say so.
            for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
                index = model.index(row, column)
                yield index, str(index.data() or "")


def at_the_window(qtbot: QtBot, practice: Path, memory: Memory) -> Person:
    """Start the program as it is started, on a practice file of one's own."""
    from ui.door import Door  # noqa: PLC0415 - as the program does

    window = Window(Door(practice), there_are, memory)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    return Person(qtbot, window)
