"""What stands beside the board and over it: the pinboard, and the days in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from clinic.office.diary import Mark
from tests.ui.screens.calendar.made import an_entry
from ui.screens.calendar import words
from ui.screens.calendar.pins import Pinboard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NO_KEY = Qt.KeyboardModifier.NoModifier
WEDNESDAY = date(2026, 11, 18)


def moved(at: QPointF) -> QMouseEvent:
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, left, NO_KEY)


def test_the_pinboard_stands_there_while_something_is_on_it(qtbot: QtBot) -> None:
    pins = Pinboard()
    qtbot.addWidget(pins)
    told: list[frozenset[str]] = []
    pins.changed.connect(told.append)
    pins.take(an_entry())
    pins.take(an_entry("v-2"), copy=True)
    assert not pins.isHidden()
    assert pins.last is not None
    assert (pins.last.entry.id, pins.last.copy) == ("v-2", True)
    pins.release_entry(an_entry("v-2"))
    pins.release_entry(an_entry())
    assert pins.isHidden()
    assert told == [frozenset({"v-1"}), frozenset({"v-1"}), frozenset({"v-1"}), frozenset()]


def test_a_card_of_the_pinboard_is_dragged(qtbot: QtBot) -> None:
    pins = Pinboard()
    qtbot.addWidget(pins)
    pins.take(an_entry())
    pins.show()
    (card,) = pins.cards()
    carried: list[object] = []
    pins.carried.connect(lambda entry, _at, _copy: carried.append(entry.id))
    QTest.mousePress(card, Qt.MouseButton.LeftButton, NO_KEY, QPoint(20, 10))
    card.mouseMoveEvent(moved(QPointF(300, 300)))
    with qtbot.waitSignal(pins.dropped):
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, NO_KEY, QPoint(20, 10))
    assert carried == ["v-1"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (WEDNESDAY, WEDNESDAY, "Wednesday, November 18"),
        (date(2026, 11, 16), date(2026, 11, 21), "November 16 to 21"),
        (date(2026, 11, 29), date(2026, 12, 5), "November 29 to December 5"),
        (date(2026, 12, 27), date(2027, 1, 2), "December 27 to January 2"),
    ],
)
def test_a_span_of_days_is_said_as_short_as_it_can_be(first: date, last: date, said: str) -> None:
    assert words.heading(first, last) == said


def test_a_letter_that_runs_out_is_marked() -> None:
    assert words.runs_out(Mark(visit=11, visits=12))
    assert not words.runs_out(Mark(visit=5, visits=12))
    assert words.letter(Mark(visit=5, visits=12)) == "5/12"
    assert words.letter(Mark()) == ""
