"""A person at the window: presses what is named, types, and has every press counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from ui.screens import there_are
from ui.window import Window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.memory import Memory

W = TypeVar("W", bound=QWidget)
LONG = 20_000


class Person:
    """Somebody at the counter; an interaction is a press, a chord, or typed text with its Enter."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot = qtbot
        self.window = window
        self.interactions = 0

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

    def press(self, name: str) -> None:
        """Press a button."""
        button = self.find(QAbstractButton, name)
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.interactions += 1
        self.wait()

    def chord(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        """Press a chord, wherever the focus is."""
        QTest.keyClick(self._focused(), key, modifier)
        self.interactions += 1
        self.wait()

    def _focused(self) -> QWidget:
        focused: QWidget | None = self.window.focusWidget()
        return self.window if focused is None else focused

    def type_in(self, field: QWidget, text: str, *, enter: bool = False) -> None:
        """Type into a field, in place of what stands there."""
        if isinstance(field, QLineEdit):
            field.selectAll()
        QTest.keyClicks(field, text)
        self.wait()
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)
        self.interactions += 1
        self.wait()

    def reads(self, words: str) -> bool:
        """Tell whether these words stand somewhere on view."""
        self.wait()
        return any(words in label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def screen(self, kind: type[W]) -> W:
        """Take the screen of a kind."""
        self.wait()
        found: list[W] = self.window.findChildren(kind)
        return found[0]


def at_the_window(qtbot: QtBot, practice: Path, memory: Memory) -> Person:
    """Start the program as it is started, on a practice file of one's own."""
    from ui.door import Door  # noqa: PLC0415 - as the program does

    window = Window(Door(practice), there_are, memory)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    return Person(qtbot, window)
