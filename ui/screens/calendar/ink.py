"""Ink: the colours, hatches and set words of the board, made once and used for every visit."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QStaticText,
    QTextLayout,
    QTransform,
)

from ui.theme import Type, Weight, theme
from ui.widgets.cutting import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QFont, QPaintDevice

MOST_TEXTS = 6_000
HATCH = 9


@lru_cache(maxsize=256)
def tint(token: str, share: float, ground: str = "surface") -> QColor:
    """Lay a share of a colour on the ground; the same in both modes, and no hatch shows through."""
    top, under, rest = theme.colour(token), theme.colour(ground), 1 - share
    return QColor(
        round(top.red() * share + under.red() * rest),
        round(top.green() * share + under.green() * rest),
        round(top.blue() * share + under.blue() * rest),
    )


theme.changed.connect(tint.cache_clear)


def _rise(words: str, font: QFont, metrics: QFontMetricsF) -> float:
    """Say how much higher a line of another script begins, so that all stand on one base line."""
    if words.isascii():
        return 0.0
    layout = QTextLayout(words, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.ascent() - metrics.ascent()


class Inkwell:
    """What is made once for a look of the window, and thrown away when it changes."""

    def __init__(self, ratio: float) -> None:
        self.ratio = ratio
        self._painters: list[QPainter] = []
        self._texts: dict[tuple[str, Type, Weight, int], tuple[float, QStaticText]] = {}
        self._widths: dict[tuple[str, Type, Weight], float] = {}
        self._fonts: dict[tuple[Type, Weight], tuple[QFont, QFontMetricsF]] = {}
        self._pens: dict[tuple[str, float], QPen] = {}
        self._hatches: dict[tuple[str, float, str], QBrush] = {}

    @property
    def painter(self) -> QPainter:
        """What is drawn with now."""
        return self._painters[-1]

    @contextmanager
    def on(self, ground: QPaintDevice) -> Iterator[QPainter]:
        """Draw on a widget or a picture; it is left when this is over, whatever happens."""
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painters.append(painter)
        try:
            yield painter
        finally:
            self._painters.pop()
            painter.end()

    def font(self, kind: Type, weight: Weight) -> tuple[QFont, QFontMetricsF]:
        """Give a font with its measures."""
        key = (kind, weight)
        found = self._fonts.get(key)
        if found is None:
            font = theme.font(kind, weight)
            found = self._fonts[key] = (font, QFontMetricsF(font))
        return found

    def width(self, words: str, kind: Type = "caption", weight: Weight = "regular") -> float:
        """Say how wide words are."""
        key = (words, kind, weight)
        if key not in self._widths:
            if len(self._widths) > MOST_TEXTS:
                self._widths.clear()
            self._widths[key] = self.font(kind, weight)[1].horizontalAdvance(words)
        return self._widths[key]

    def write(
        self,
        x: float,
        y: float,
        words: str,
        tone: QColor,
        *,
        kind: Type = "caption",
        weight: Weight = "regular",
        wide: float = 0.0,
        struck: bool = False,
    ) -> None:
        """Write words from their upper left corner, cut short where they are wider than there is room."""
        key = (words, kind, weight, int(wide))
        kept = self._texts.get(key)
        font, metrics = self.font(kind, weight)
        if kept is None:
            if len(self._texts) > MOST_TEXTS:
                self._texts.clear()
            shown = cut(metrics, words, int(wide)) if wide else words
            text = QStaticText(shown)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            text.prepare(QTransform(), font)
            kept = self._texts[key] = (_rise(shown, font, metrics), text)
        self.painter.setFont(font)
        self.painter.setPen(tone)
        self.painter.drawStaticText(QPointF(x, y - kept[0]), kept[1])
        if struck:  # a font struck out by itself is cached with its line in the wrong place
            middle = y + metrics.ascent() - metrics.strikeOutPos()
            self.painter.setPen(QPen(tone, 1))
            self.painter.drawLine(QPointF(x, middle), QPointF(x + kept[1].size().width(), middle))

    def icon(self, x: float, y: float, name: str, tone: str, size: int = 14) -> None:
        """Draw an icon from its upper left corner."""
        self.painter.drawPixmap(QPointF(x, y), theme.pixmap(name, tone, size, self.ratio))

    def pen(self, token: str, wide: float = 1.0) -> QPen:
        """Give a pen."""
        key = (token, wide)
        if key not in self._pens:
            self._pens[key] = QPen(theme.colour(token), wide)
        return self._pens[key]

    def hatch(self, token: str, share: float, ground: str = "") -> QBrush:
        """Give a brush of slanted lines that fit together wherever they are laid, on a ground or on nothing."""
        key = (token, share, ground)
        if key not in self._hatches:
            side = HATCH
            tile = QPixmap(QSize(side, side) * self.ratio)
            tile.setDevicePixelRatio(self.ratio)
            tile.fill(tint(ground, 0.35) if ground else Qt.GlobalColor.transparent)
            painter = QPainter(tile)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = theme.colour(token)
            colour.setAlphaF(share)
            painter.setPen(QPen(colour, 1.0))
            for shift in (-side, 0, side):
                painter.drawLine(QPointF(shift, side), QPointF(shift + side, 0))
            painter.end()
            self._hatches[key] = QBrush(tile)
        return self._hatches[key]
