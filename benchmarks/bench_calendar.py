"""The calendar: changing the week, first paint, and the frames of hovering, dragging and scrolling."""

from __future__ import annotations

import os
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from benchmarks import practices
from benchmarks.report import count, ratio, wait
from benchmarks.yardstick import in_memory, latencies, pairs
from clinic.office import diary
from ui.screens.calendar import plan
from ui.screens.calendar.board import Board
from ui.screens.calendar.plan import By
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from benchmarks.report import Row, Size
    from clinic.office.desk import Desk

WIDE, HIGH = 1_240, 800
SUNDAY = date(2026, 12, 6)
WEEKS = 8
NAMED_FROM = 26
"""Pixels of width from which the anchor too writes a name."""
RAW = """
    SELECT a.id, a.at, a.minutes, a.held_to - a.held_from - a.minutes, coalesce(t.buffer_before, 0), a.state,
           a.staff, a.room, a.client, c.preferred_name, c.given_name, c.family_name, t.name, t.technique, t.purpose
    FROM appointments AS a JOIN clients AS c ON c.id = a.client JOIN treatments AS t ON t.id = a.treatment
    WHERE a.at >= :begin AND a.at < :end AND coalesce(a.reason, '') != 'undone' ORDER BY a.at, a.id
"""


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a practice."""
    application = QApplication.instance() or QApplication([])
    theme.load_fonts(first=True)
    theme.load_fonts(first=False)
    with in_memory() as folder, practices.seated(practices.copied(size, folder)) as desk:
        yield from _weeks(size, desk)
        yield from _frames(size, desk)
    application.processEvents()


def _board() -> Board:
    board = Board()
    board.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    board.resize(WIDE, HIGH)
    board.show()
    return board


def _lay(board: Board, desk: Desk, first: date) -> int:
    """Read a week, lay it out and paint it; answer how many visits that were."""
    spread = desk.reading(partial(diary.spread, first=first, last=first + timedelta(days=6)))
    staff = frozenset(person.id for person in spread.people)
    columns = plan.columns_of(spread, By.STAFF, staff, plan.days_shown(spread, staff, ()))
    board.show_plan(spread, plan.drawn(spread, columns, staff=staff), {})
    board.repaint()
    return len(spread.entries)


def _weeks(size: Size, desk: Desk) -> Iterator[Row]:
    board, raw = _board(), desk.vault.raw()
    weeks = [SUNDAY + timedelta(weeks=n) for n in range(-WEEKS // 2, WEEKS // 2)]
    visits = max(_lay(board, desk, first) for first in weeks)
    yield count("B11", "visits of the fullest week measured", size, visits)
    ours, theirs = cycle(weeks), cycle(weeks)
    board_for_anchor = {first: _rectangles(board, desk, first) for first in weeks}
    canvas = QPixmap(WIDE, HIGH)

    def bare() -> None:
        first = next(theirs)
        begin, end = first - timedelta(days=1), first + timedelta(days=8)
        found = raw.execute(RAW, {"begin": f"{begin} 00:00:00.000000", "end": f"{end} 00:00:00.000000"})
        _paint_bare(canvas, found.fetchall(), board_for_anchor[first])

    def change() -> None:
        _lay(board, desk, next(ours))

    yield ratio("B11", "change week: query, layout, paint", size, pairs(change, bare, 60), 1.5, of="bare")
    yield wait("B11", "change week", size, latencies(change), 33)
    marks = partial(diary.marks_of, first=SUNDAY, last=SUNDAY + timedelta(days=6))
    yield wait(
        "", "  small marks of a week, which come after it", size, latencies(lambda: desk.reading(marks), 30)
    )
    raw.close()


def _rectangles(board: Board, desk: Desk, first: date) -> list[QRectF]:
    _lay(board, desk, first)
    drawn = board.plan
    boxes = [board.seen(board.geometry_.box(piece)) for piece in (drawn.pieces if drawn else ())]
    return [QRectF(box.x, box.y, box.wide, box.high) for box in boxes]


def _paint_bare(canvas: QPixmap, found: list[Any], rectangles: list[QRectF]) -> None:
    """Paint what a plain program would: a tinted rectangle for each visit, and the name where it fits."""
    painter = QPainter(canvas)
    painter.setFont(theme.font())
    painter.fillRect(canvas.rect(), theme.colour("surface"))
    tint = theme.colour("accent_tint")
    for row, place in zip(found, rectangles, strict=False):
        painter.fillRect(place, tint)
        if place.width() >= NAMED_FROM:
            painter.drawText(place, 0, f"{row[10]} {row[11]}")
    painter.end()


def _frames(size: Size, desk: Desk) -> Iterator[Row]:
    board = _board()
    _lay(board, desk, SUNDAY)
    yield wait("B12", "first paint of a week", size, latencies(_anew(board), 200), 16)
    frame = board.grab()
    canvas = QPixmap(WIDE, HIGH)

    def blit() -> None:
        painter = QPainter(canvas)
        painter.drawPixmap(0, 0, frame)
        painter.end()

    for what, step in (("hover", _hover(board)), ("drag", _drag(board)), ("scroll", _scroll(board))):
        yield ratio("B12", f"a frame while one {what}s", size, pairs(step, blit, 60), of="a blit")
        yield wait("B12", f"a frame while one {what}s", size, latencies(step), 8)
        board.hands.let_go()


def _anew(board: Board) -> Callable[[], None]:
    def paint() -> None:
        board.refresh()
        board.repaint()

    return paint


def _points() -> Iterator[QPointF]:
    return cycle(QPointF(80 + 37 * n % (WIDE - 120), 120 + 53 * n % (HIGH - 160)) for n in range(97))


def _hover(board: Board) -> Callable[[], None]:
    points = _points()

    def frame() -> None:
        board.hands.point(next(points))
        board.repaint()

    return frame


def _drag(board: Board) -> Callable[[], None]:
    points = _points()
    entry = next(piece.entry for piece in board.plan.pieces) if board.plan is not None else None

    def frame() -> None:
        if entry is not None:
            board.hands.carry_in(entry, next(points), copy=False)
        board.repaint()

    return frame


def _scroll(board: Board) -> Callable[[], None]:
    places = cycle(range(0, board.down.maximum(), 40))

    def frame() -> None:
        board.down.setValue(next(places))
        board.repaint()

    return frame
