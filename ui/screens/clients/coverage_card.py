"""The coverage line as it is painted on a client's page."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QEvent, QLocale, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from clinic.wording import _, language, short_day
from ui.screens.clients.coverage import Bar, Dot, Line, warning
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import small
from ui.widgets.cards import Card, row
from ui.widgets.flow import Flow
from ui.widgets.painting import written

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QColor

HEAD, BAR, DOT, SMALL_DOT, HIGH = 26, 26, 22, 16, 112
"""Heights at 100 %: the months, a bar, a dot where there is room and where there is none, the whole."""
NEAR = 3
"""How far beside a dot a press still means it."""
LANE = BAR + 4
"""How much lower a letter stands that speaks at the same time as another."""


class CoverageCard(Card):
    """The card around the line, with a warning where booked visits lie beyond the letter."""

    renewal_asked = Signal()
    visit_asked = Signal(str)
    """A visit, to see which letter counts for it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Coverage"))
        self.renew = small(_("Print renewal request"), self.renewal_asked.emit)
        self.line = CoverageLine()
        self.line.visit_asked.connect(self.visit_asked)
        self._warned = QWidget()
        self._warning = text.label(tone="refused", weight="medium")
        inside = row(text.Glyph("triangle-alert", "S4"), self._warning, spacing=6)
        self._warned.setLayout(inside)
        said = _("Visits, as the letter counts them")
        head = (text.section(_("Coverage")), text.soft(said), self._warned, self.renew)
        self.body.addLayout(Flow(*head, spacing=10, last_right=True))
        self.add(self.line)

    def show_line(self, line: Line | None, *, renewable: bool = False) -> None:
        """Show this line, or nothing where there is none; a letter that runs out is renewed from here."""
        self.setVisible(line is not None)
        self.renew.setVisible(renewable)
        if line is not None:
            self._warning.setText(warning(line))
            self._warned.setVisible(bool(line.uncovered or line.beyond))
            self.line.show_line(line)


class CoverageLine(QWidget):
    """Months across; under them the letters, and under these the visits."""

    visit_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._line: Line | None = None
        self._on: int | None = None
        """The visit that the arrow keys stand on."""
        self.setAccessibleName(_("Letters and visits in time"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: Line) -> None:
        """Show this line; what it shows is told in words as well."""
        if self._line is None or self._line.lanes != line.lanes:
            self.updateGeometry()
        self._line, self._on = line, None
        self.setAccessibleDescription("\n".join(line.told))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the visit under the pointer."""
        dot = self._dot_at(event.position().x(), event.position().y())
        if dot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.visit_asked.emit(dot.visit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the visits with the arrow keys, and open one with Enter."""
        dots = self._line.dots if self._line is not None else ()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if dots and step is not None:
            first = len(dots) - 1 if step < 0 else 0
            self._on = first if self._on is None else min(max(self._on + step, 0), len(dots) - 1)
            self.setAccessibleDescription(dots[self._on].told)
            self.update()
        elif dots and self._on is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.visit_asked.emit(dots[self._on].visit)
        else:
            super().keyPressEvent(event)

    def _dot_at(self, x: float, y: float) -> Dot | None:
        """Find the visit under the pointer, or just beside it."""
        near = theme.px(NEAR)
        places = zip(self._line.dots if self._line is not None else (), self._places(), strict=True)
        found = [
            (dot, place) for dot, place in places if place.adjusted(-near, -near, near, near).contains(x, y)
        ]
        return min(found, key=lambda each: abs(each[1].center().x() - x), default=(None, None))[0]

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(HIGH - BAR) + self._deep)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(HIGH - BAR) + self._deep)

    def event(self, event: QEvent) -> bool:
        """Tell of the letter or visit the pointer rests on."""
        if isinstance(event, QHelpEvent) and self._line is not None:
            QToolTip.showText(
                event.globalPos(), self._told_at(self._line, event.pos().x(), event.pos().y()), self
            )
            return True
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        return super().event(event)

    @property
    def _deep(self) -> int:
        """How much room all the letters take, one under another."""
        lanes = self._line.lanes if self._line is not None else 1
        return theme.px(BAR) + theme.px(LANE) * (lanes - 1)

    def _told_at(self, line: Line, x: int, y: int) -> str:
        if y < theme.px(HEAD + 4) + self._deep:
            lane = max(0, y - theme.px(HEAD)) // theme.px(LANE)
            found = (
                bar
                for bar in line.bars
                if bar.lane == lane and self._x(bar.start) <= x <= self._x(bar.end, whole=True)
            )
            return next((", ".join(filter(None, (b.reference, b.issuer, b.told))) for b in found), "")
        dot = self._dot_at(x, y)
        return dot.told if dot is not None else ""

    def _x(self, on: date, *, whole: bool = False) -> float:
        """Where a day begins, or, with `whole`, where it ends."""
        if self._line is None:
            return 0
        days = (self._line.last - self._line.first).days + 1
        at = (on - self._line.first).days + (1 if whole else 0)
        return self.width() * min(max(at, 0), days) / days

    def _middle(self, on: date) -> float:
        """Where the middle of a day is, so far from the edges that a dot is never cut."""
        half = theme.px(DOT) / 2 + 1
        return min(max((self._x(on) + self._x(on, whole=True)) / 2, half), self.width() - half)

    def _places(self) -> list[QRectF]:
        """Give each visit its dot: smaller where they follow each other closely, lower where they would touch."""
        dots = self._line.dots if self._line is not None else ()
        middles = [self._middle(dot.on) for dot in dots]
        apart = sorted(set(middles))
        nearest = min((after - before for before, after in pairwise(apart)), default=theme.px(DOT))
        side = max(theme.px(SMALL_DOT), min(theme.px(DOT), nearest - 2))
        crowded = nearest < side
        top = theme.px(HEAD + 12) + self._deep + (0 if crowded else (theme.px(DOT) - side) / 2)
        found, free = [], float("-inf")
        for middle in middles:
            lower = crowded and middle - side / 2 < free
            free = free if lower else middle + side / 2
            found.append(QRectF(middle - side / 2, top + (side - 2 if lower else 0), side, side))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()
        if self._line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        self._paint_months(painter, self._line)
        if self._line.gap is not None:
            self._paint_gap(painter, self._line.gap)
        for bar in self._line.bars:
            self._paint_bar(painter, bar)
        self._paint_today(painter, self._line.today)
        places = self._places()
        for at, (dot, place) in enumerate(zip(self._line.dots, places, strict=True)):
            self._paint_dot(painter, dot, place)
            if at == self._on and self.hasFocus():
                _ring(painter, place)

    def _paint_months(self, painter: QPainter, line: Line) -> None:
        month = line.first
        while month <= line.last:
            after = month + relativedelta(months=1)
            left, right = self._x(month), self._x(after)
            painter.fillRect(QRectF(left, 0, 1, self.height()), theme.colour("line"))
            place = QRect(round(left) + theme.px(6), 0, round(right - left) - theme.px(8), theme.px(HEAD - 8))
            metrics = QFontMetrics(theme.font("caption"))
            for named in _month_names(month):
                if metrics.horizontalAdvance(named) <= place.width():
                    written(painter, place, named, "soft_ink", "regular", kind="caption")
                    break
            month = after

    def _bar_place(self, start: float, end: float, lane: int = 0) -> QRectF:
        top = theme.px(HEAD) + theme.px(LANE) * lane
        return QRectF(start + 0.5, top + 0.5, end - start - 1, theme.px(BAR) - 1)

    def _paint_bar(self, painter: QPainter, bar: Bar) -> None:
        place = self._bar_place(self._x(bar.start), self._x(bar.end, whole=True), bar.lane)
        ground, edge, ink = (
            ("accent_tint", "accent", "accent") if bar.current else ("sunken", "sunken", "soft_ink")
        )
        painter.setPen(QPen(theme.colour(edge), 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(place, 5, 5)
        inner = place.toRect().adjusted(theme.px(10), 0, -theme.px(10), 0)
        used = written(painter, inner, bar.reference, ink, "semibold" if bar.current else "regular")
        rest = inner.adjusted(used + theme.px(12), 0, 0, 0)
        metrics = QFontMetrics(theme.font())
        for said, with_issuer in ((bar.told, True), (bar.told, False), (bar.counted, False)):
            issuer = bar.issuer if with_issuer else ""
            if metrics.horizontalAdvance(f"{issuer}  {said}") <= rest.width():
                written(painter, rest.adjusted(-theme.px(6), 0, 0, 0), issuer, ink, "regular")
                painter.drawText(rest, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
                break

    def _paint_gap(self, painter: QPainter, start: date) -> None:
        """Hatch in red from where no letter speaks to the end of the line."""
        place = self._bar_place(self._x(start), self.width() - 1)
        red = theme.colour("S4")
        pale = theme.colour("S4_on")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pale)
        painter.drawRoundedRect(place, 5, 5)
        hatch = theme.colour("S4")
        hatch.setAlphaF(0.28)
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(red, 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(place, 5, 5)
        inner = place.toRect().adjusted(theme.px(10), 0, -theme.px(6), 0)
        for words in (_("No letter from {day}").format(day=short_day(start)), _("No letter")):
            wide = QFontMetrics(theme.font(weight="semibold")).horizontalAdvance(words)
            if wide <= inner.width():
                painter.fillRect(
                    QRectF(inner.left() - 4, inner.top() + 3, wide + 8, inner.height() - 5), pale
                )
                written(painter, inner, words, "S4", "semibold")
                break

    def _paint_today(self, painter: QPainter, today: date) -> None:
        middle = self._middle(today)
        top, bottom = theme.px(HEAD) + self._deep, self.height() - theme.px(16)
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.drawLine(QPointF(middle, top), QPointF(middle, bottom))
        words = _("Today")
        font = theme.font("caption", "semibold")
        wide = QFontMetrics(font).horizontalAdvance(words) + theme.px(12)
        left = min(max(0.0, middle - wide / 2), self.width() - wide)
        place = QRectF(left, self.height() - theme.px(17), wide, theme.px(17))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(theme.colour("on_accent"))
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_dot(self, painter: QPainter, dot: Dot, place: QRectF) -> None:
        middle = place.center().x()
        line, ground, ink = _colours(dot)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(middle, theme.px(HEAD) + self._deep), QPointF(middle, place.top()))
        pen = QPen(line, 2 if dot.today else 1)
        if dot.gap:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawEllipse(place)
        painter.setPen(ink)
        font = theme.font("caption", "semibold", figures=True)
        font.setPixelSize(min(font.pixelSize(), round(place.height() * 0.6)))
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, dot.number)
        if dot.by_hand:  # a bar under it: whoever sees no colours sees that too
            half = place.width() / 4
            under = QRectF(middle - half, place.bottom() + theme.px(2), 2 * half, theme.px(2))
            painter.fillRect(under, line)


def _ring(painter: QPainter, place: QRectF) -> None:
    """Put a ring around the visit that the keys stand on."""
    painter.setPen(QPen(theme.colour("ink"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place.adjusted(-3, -3, 3, 3))


def _colours(dot: Dot) -> tuple[QColor, QColor, QColor]:
    """Give line, ground and ink of a dot: red in the gap, full once the visit is done, hollow while ahead."""
    if dot.gap:
        names = ("S4", "S4_on", "S4")
    elif not dot.number.isdigit():
        names = ("soft_ink", "sunken", "soft_ink")
    elif dot.done:
        names = ("accent", "accent", "on_accent")
    else:
        names = ("accent", "surface", "accent")
    line, ground, ink = names
    return theme.colour(line), theme.colour(ground), theme.colour(ink)


def _month_names(month: date) -> tuple[str, ...]:
    """Name a month, the longest name first, with its year where a year begins."""
    locale = QLocale(language())
    long = locale.standaloneMonthName(month.month)
    short = locale.standaloneMonthName(month.month, QLocale.FormatType.ShortFormat)
    dated = (f"{long} {month.year}", f"{short} {month.year}") if month.month == 1 else ()
    return (*dated, long, short)
