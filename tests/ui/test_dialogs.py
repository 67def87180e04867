"""The few dialogs: each is tried for its safe default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from clinic.values import Refusal
from tests.ui.makers import put_on
from tests.ui.test_parts import WEDNESDAY
from ui.dialogs import ask_first, tell_no
from ui.widgets.dates import DayLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox
    from pytestqt.qtbot import QtBot


def button(box: QMessageBox, words: str) -> QWidget:
    (found,) = (each for each in box.buttons() if each.text() == words)
    return found


def test_enter_leaves_alone_what_cannot_be_undone(qtbot: QtBot) -> None:
    erased: list[str] = []
    window = put_on(qtbot, QWidget())
    box = ask_first(window, "Erase the draft?", "It is gone then.", "Erase", lambda: erased.append("draft"))
    assert box.defaultButton() is button(box, "Leave it")
    assert box.escapeButton() is button(box, "Leave it")
    with qtbot.waitSignal(box.finished):
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert erased == []


def test_the_verb_does_what_it_says(qtbot: QtBot) -> None:
    erased: list[str] = []
    window = put_on(qtbot, QWidget())
    box = ask_first(window, "Erase the draft?", "It is gone then.", "Erase", lambda: erased.append("draft"))
    with qtbot.waitSignal(box.finished):
        QTest.mouseClick(button(box, "Erase"), Qt.MouseButton.LeftButton)
    assert erased == ["draft"]


def test_a_refusal_is_told_in_words(qtbot: QtBot) -> None:
    window = put_on(qtbot, QWidget())
    box = tell_no(window, Refusal("name_missing"))
    assert box.informativeText() == "A name is needed."
    box.close()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of every popup
def test_a_day_is_picked_from_a_month(qtbot: QtBot) -> None:
    line = DayLine(WEDNESDAY)
    put_on(qtbot, line)
    picking = line.findChild(QToolButton)
    assert isinstance(picking, QToolButton)
    picking.click()
    (month,) = line.findChildren(QCalendarWidget)
    assert month.selectedDate() == QDate(2026, 11, 18)
    with qtbot.waitSignal(line.editingFinished):
        month.clicked.emit(QDate(2026, 12, 2))
    assert line.text() == "Dec 2, 2026"
    qtbot.waitUntil(lambda: not line.findChildren(QCalendarWidget))
