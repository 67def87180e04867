"""What lies behind the visits and over them: hours, closed times, blocks, a sketch, and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from clinic.wording import _
from ui.screens.calendar import words
from ui.screens.calendar.geometry import Box
from ui.screens.calendar.ink import tint
from ui.screens.calendar.visit import BAR, PAD, RADIUS
from ui.theme import theme

if TYPE_CHECKING:
    from ui.screens.calendar.board import Board
    from ui.screens.calendar.geometry import Geometry
    from ui.screens.calendar.ink import Inkwell
    from ui.screens.calendar.plan import Bar, Plan
    from ui.screens.calendar.ruler import Stretch
    from ui.screens.calendar.travel import Sketch, Spot

SHADE, MISSING, SLANT = 0.10, 0.34, 4.5
"""How strong the hatch of closed hours is, and of hours a day does not have; how far apart a block's slants are."""
HOUR, HALF = 60, 30
HALVES_FROM = 44.0
"""Pixels to an hour from which the half hours have a line too."""


def draw(ink: Inkwell, plan: Plan, geometry: Geometry, stretch: tuple[int, int]) -> None:
    """Draw hours, columns, closed times and blocks of a stretch of the board."""
    painter = ink.painter
    top, foot = stretch
    painter.fillRect(QRectF(0, top, geometry.wide, foot - top), theme.colour("surface"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setClipRect(QRectF(0, top, geometry.wide, foot - top))
    for column in range(len(plan.columns)):
        left, wide = geometry.left(column), geometry.column
        at = 0
        for start, end in (*plan.open[column], (plan.ruler.length, plan.ruler.length)):
            _hatch(ink, geometry, (left, wide), (at, start), SHADE)
            at = max(at, end)
        for gap in plan.missing[column]:
            _hatch(ink, geometry, (left, wide), gap, MISSING)
    _lines(ink, plan, geometry, stretch)
    painter.setClipping(False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    for bar in plan.bars:
        _block(ink, geometry, bar)


def _hatch(
    ink: Inkwell, geometry: Geometry, across: tuple[float, float], down: Stretch, share: float
) -> None:
    painter = ink.painter
    seen = painter.clipBoundingRect().toAlignedRect()
    if down[0] < down[1]:
        left, top = int(across[0]), int(geometry.y(down[0]))
        place = QRect(left, top, int(across[0] + across[1]) - left, int(geometry.y(down[1])) - top)
        painter.fillRect(place.intersected(seen), ink.hatch("ink", share, "canvas"))


def _lines(ink: Inkwell, plan: Plan, geometry: Geometry, stretch: tuple[int, int]) -> None:
    painter = ink.painter
    halves = geometry.scale * HOUR >= HALVES_FROM
    faint = QPen(tint("line", 0.42), 1)
    whole = QPen(tint("line", 0.85), 1)
    for place in range(HALF if halves else 0, plan.ruler.length, HALF):
        y = int(geometry.y(place))
        if stretch[0] <= y <= stretch[1] and (halves or place % HOUR == 0):
            painter.setPen(whole if place % HOUR == 0 else faint)
            painter.drawLine(0, y, int(geometry.wide), y)
    for column in range(len(plan.columns)):
        x = int(geometry.left(column))
        same_day = column > 0 and plan.columns[column].day == plan.columns[column - 1].day
        several = len({each.day for each in plan.columns}) > 1
        painter.setPen(faint if same_day and several else ink.pen("line"))
        painter.drawLine(x, stretch[0], x, stretch[1])


def _block(ink: Inkwell, geometry: Geometry, bar: Bar) -> None:
    """Draw a block: sunken, with a hatched bar and its reason."""
    painter = ink.painter
    left = geometry.left(bar.column) + (1 if geometry.tight else 3)
    wide = geometry.column - (3 if geometry.tight else 9)
    top = geometry.y(bar.start)
    high = geometry.y(bar.end) - top - 1
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(QRectF(left, top, wide, high), RADIUS, RADIUS)
    _slants(ink, Box(left, top, BAR, high))
    if wide < theme.px(40) or high < theme.px(14):
        return
    painter.save()
    painter.setClipRect(QRectF(left, top, wide - 2, high))
    soft = theme.colour("soft_ink")
    inner = wide - BAR - PAD
    ink.write(
        left + BAR + PAD - 2,
        top + theme.px(4),
        words.block(bar.block),
        soft,
        kind="body",
        weight="medium",
        wide=inner,
    )
    if high > theme.px(34):
        times = _("Blocked") + words.DOT + words.short(bar.block.start)
        ink.write(left + BAR + PAD - 2, top + theme.px(20), times, soft, wide=inner)
    painter.restore()


def _slants(ink: Inkwell, bar: Box) -> None:
    """Hatch the bar of a block, more closely than a hatch for areas would."""
    painter = ink.painter
    painter.save()
    painter.setClipRect(QRectF(bar.x, bar.y, bar.wide, bar.high))
    painter.setPen(QPen(theme.colour("soft_ink"), 1.6))
    y = bar.y
    while y < bar.y + bar.high + bar.wide:
        painter.drawLine(QPointF(bar.x - 1, y + 1), QPointF(bar.x + bar.wide + 1, y - bar.wide - 1))
        y += SLANT
    painter.restore()


def side_picture(ink: Inkwell, board: Board) -> QPixmap:
    """Draw the hours at the side of the board, once."""
    geometry, plan = board.geometry_, board.plan
    wide, high = board.body.x(), int(geometry.high) + 1
    picture = QPixmap(QSize(wide, high) * ink.ratio)
    picture.setDevicePixelRatio(ink.ratio)
    picture.fill(theme.colour("surface"))
    if plan is None:
        return picture
    with ink.on(picture):
        for place in range(HOUR, plan.ruler.length, HOUR):
            minute, second = plan.ruler.minute(place)
            if minute % HOUR == 0:
                said = words.hour(minute) + ("\u2032" if second else "")
                x = wide - ink.width(said) - theme.px(10)
                ink.write(x, geometry.y(place) - theme.px(8), said, theme.colour("soft_ink"))
    return picture


def draw_sketch(ink: Inkwell, board: Board, sketch: Sketch) -> None:
    """Draw a stretch that was marked and may become a visit."""
    painter = ink.painter
    if board.plan is None:
        return
    box = board.seen(stretch_box(board, sketch.column, sketch.start, sketch.end))
    painter.setPen(QPen(theme.colour("accent"), 1.2))
    painter.setBrush(theme.colour("accent_tint"))
    painter.drawRoundedRect(QRectF(box.x, box.y, box.wide, box.high), RADIUS, RADIUS)
    accent = theme.colour("accent")
    start = board.plan.wall(sketch.column, sketch.start)
    times = words.from_to(start, sketch.end - sketch.start)
    inner = box.wide - 2 * PAD
    if box.high < theme.px(36):
        ink.write(box.x + PAD, box.y + 2, times, accent, weight="medium", wide=inner)
        return
    ink.write(
        box.x + PAD,
        box.y + theme.px(4),
        _("New visit"),
        accent,
        kind="body",
        weight="semibold",
        wide=inner,
    )
    ink.write(box.x + PAD, box.y + theme.px(20), times, accent, wide=inner)


def stretch_box(board: Board, column: int, start: int, end: int) -> Box:
    """Say where a stretch of a column stands."""
    geometry = board.geometry_
    left = geometry.left(column) + (1 if geometry.tight else 3)
    wide = geometry.column - (3 if geometry.tight else 9)
    return Box(left, geometry.y(start), wide, max(geometry.y(end) - geometry.y(start) - 1, 3))


def draw_spot(ink: Inkwell, board: Board, spot: Spot) -> None:
    """Ring the free half hour that has the keyboard."""
    painter = ink.painter
    if board.plan is None:
        return
    box = board.seen(stretch_box(board, spot.column, spot.place, spot.place + HALF))
    painter.setPen(QPen(theme.colour("accent"), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box.x, box.y, box.wide, box.high), RADIUS, RADIUS)
    at = words.short(board.plan.wall(spot.column, spot.place))
    ink.write(
        box.x + PAD,
        box.y + (box.high - theme.px(14)) / 2,
        at,
        theme.colour("accent"),
        weight="medium",
    )


def draw_now(ink: Inkwell, board: Board, body: QRect) -> None:
    """Draw the line of now across its day, with the time at the side."""
    painter = ink.painter
    plan, now, geometry = board.plan, board.now, board.geometry_
    if plan is None or now is None:
        return
    columns = [n for n, column in enumerate(plan.columns) if column.day == now.date()]
    y = body.y() + geometry.y(plan.ruler.place(now.hour * 60 + now.minute)) - board.down.value()
    if not columns or not body.y() - 2 <= y <= body.bottom():
        return
    left = max(body.x() + geometry.left(columns[0]) - board.across.value(), body.x())
    right = min(
        body.x() + geometry.left(columns[-1]) + geometry.column - board.across.value(), body.right() + 1
    )
    accent = theme.colour("accent")
    painter.setPen(QPen(tint("accent", 0.35), 1))
    painter.drawLine(QPointF(body.x(), y), QPointF(max(left, body.x()), y))
    if left < right:
        painter.setPen(QPen(accent, 1.5))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(left, y), 3.5, 3.5)
    said = words.short(now)
    wide, high = ink.width(said, "caption", "semibold") + 12, theme.px(17)
    place = QRectF(body.x() - wide - 8, y - high / 2, wide, high)
    hour = round((now.hour * HOUR + now.minute) / HOUR) * HOUR
    label = body.y() + geometry.y(plan.ruler.place(min(hour, plan.ruler.length - 1))) - board.down.value()
    if abs(label - y) < high:
        painter.fillRect(QRectF(0, label - high / 2, body.x(), high + 2), theme.colour("surface"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    painter.drawRoundedRect(place, 4, 4)
    ink.write(
        place.x() + 6,
        place.y() + (high - theme.px(14)) / 2 + 0.5,
        said,
        theme.colour("on_accent"),
        weight="semibold",
    )
