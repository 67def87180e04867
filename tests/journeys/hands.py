"""Hands on the calendar: where a time or a visit lies, and a drag from one place to another."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest

from clinic.office import diary
from tests.journeys.person import NO_KEY, Person
from ui.screens.calendar import Calendar
from ui.screens.calendar.travel import Spot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clinic.office.diary import Entry

LEFT = Qt.MouseButton.LeftButton


def calendar(person: Person) -> Calendar:
    return person.screen(Calendar)


def booked(person: Person) -> dict[str, Entry]:
    query = partial(diary.spread, first=date(2026, 11, 1), last=date(2026, 12, 31))
    return {str(entry.id): entry for entry in person.look_up(query).entries}


def when(person: Person, visit: str) -> datetime:
    return booked(person)[visit].at


def point(person: Person, at: datetime, *, staff: int = 0) -> QPoint:
    """Where a time lies on the board, in the middle of its day's column."""
    board = calendar(person).board
    assert board.plan is not None
    columns = [n for n, column in enumerate(board.plan.columns) if column.day == at.date()]
    box = board.seen(board.geometry_box(columns[staff], at.hour * 60 + at.minute))
    return QPoint(int(box.x + board.geometry_.column / 2), int(box.y) + 2)


def drag(
    person: Person, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NO_KEY, *, drop: bool = True
) -> None:
    board = calendar(person).board
    QTest.mousePress(board, LEFT, modifier, start)
    for share in (0.3, 0.7, 1.0):
        at = start + (end - start) * share
        move(person, at, modifier)
    if drop:
        QTest.mouseRelease(board, LEFT, modifier, end)
        person.interactions += 1
        person.wait()


def move(person: Person, at: QPoint, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
    move_over(calendar(person).board, at, modifier)


def move_over(widget: QWidget, at: QPoint, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
    """Move the hand, its button pressed, over what took the press."""
    place = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, widget.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, modifier
    )
    widget.mouseMoveEvent(event)


def grab(person: Person, visit: str) -> QPoint:
    board = calendar(person).board
    piece = next(piece for piece in (board.plan.pieces if board.plan else ()) if piece.entry.id == visit)
    return board.centre_of(piece.entry.id)


def stand_on(person: Person, visit: str) -> None:
    board = calendar(person).board
    piece = next(piece for piece in (board.plan.pieces if board.plan else ()) if piece.entry.id == visit)
    board.stand_on(Spot(piece.column, piece.start, piece.entry.id))
    person.wait()
