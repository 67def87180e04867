"""How the counter looks: the tokens as palette, style sheet, fonts, painter's colours and tinted icons."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ui import sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

RESOURCES = Path(__file__).parents[1] / "resources"
FAMILY = "Inter"
LEAST, MOST = 80, 200
"""How small and how large text may be set, in percent."""

Mode = Literal["system", "light", "dark"]
Type = Literal["body", "caption", "section", "title", "figure"]
Weight = Literal["regular", "medium", "semibold"]
TABULAR = QFont.Tag("tnum")


@cache
def tokens() -> Mapping[str, Any]:
    """Read the colours and measures that window and paper share."""
    return tomllib.loads((RESOURCES / "style" / "tokens.toml").read_text("utf-8"))


def colours_of(side: str, *, high_contrast: bool = False) -> dict[str, str]:
    """Collect one side's colours under their own names; high contrast makes soft ink and lines full ink."""
    plain: dict[str, str] = {name: value for name, value in tokens()[side].items() if isinstance(value, str)}
    colours: dict[str, str] = plain | tokens()[side]["severity"] | tokens()[side]["treatment"]
    if high_contrast:
        ink, ground = ("#000000", "#FFFFFF") if side == "light" else ("#FFFFFF", "#000000")
        colours |= {
            "ink": ink,
            "soft_ink": ink,
            "hint": ink,
            "line": ink,
            "surface": ground,
            "canvas": ground,
        }
    return colours


class Theme(QObject):
    """What is worn now: light or dark, the size of text, and everything painted from them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode: Mode = "system"
        self.percent = 100
        self.dark = False
        self._colours = colours_of("light")
        self._families = [FAMILY]
        self._loaded: set[Path] = set()

    def colour(self, name: str) -> QColor:
        """Give a painter the colour a token stands for now."""
        return QColor(self._colours[name])

    def px(self, pixels: float) -> int:
        """Scale a measure with the size of text."""
        return round(pixels * self.percent / 100)

    def size_of(self, kind: Type) -> int:
        """Say how many pixels high a kind of type is set."""
        return self.px(tokens()["type"][kind])

    def font(self, kind: Type = "body", weight: Weight = "regular", *, figures: bool = False) -> QFont:
        """Make the font of a kind of type; `figures` stand in columns and are all equally wide."""
        font = QFont(self._families)
        font.setPixelSize(self.size_of(kind))
        font.setWeight(QFont.Weight(tokens()["weight"][weight]))
        if figures:
            font.setFeature(TABULAR, 1)
        return font

    def load_fonts(self, *, first: bool) -> None:
        """Load the house's own face first, the faces of other scripts once the window stands."""
        for path in sorted((RESOURCES / "fonts").glob("*.[to]tf")):
            if path.name.startswith(FAMILY) is first and path not in self._loaded:
                self._loaded.add(path)
                number = QFontDatabase.addApplicationFont(str(path))
                loaded = QFontDatabase.applicationFontFamilies(number)
                self._families += [family for family in loaded if family not in self._families]
        if not first:
            QApplication.setFont(self.font())

    def choose(self, *, mode: Mode | None = None, percent: int | None = None) -> None:
        """Switch between light and dark, or the size of text, and dress the window anew."""
        self.mode = mode or self.mode
        self.percent = min(MOST, max(LEAST, percent or self.percent))
        hints = QGuiApplication.styleHints()
        hints.setColorScheme(
            {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(
                self.mode, Qt.ColorScheme.Unknown
            ),
        )
        self.wear()

    def wear(self) -> None:
        """Put fonts, palette and style sheet on the application."""
        self.dark = self.mode == "dark" or (
            self.mode == "system" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self._colours = colours_of("dark" if self.dark else "light", high_contrast=_high_contrast())
        QApplication.setFont(self.font())
        QApplication.setPalette(self._palette())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyleSheet(sheet.written(self._colours, self.px))
        self.changed.emit()

    def follow_the_system(self) -> None:
        """Dress anew whenever the platform turns light, dark or to high contrast."""
        hints = QGuiApplication.styleHints()
        unique = Qt.ConnectionType.UniqueConnection
        hints.colorSchemeChanged.connect(self.wear, unique)
        accessibility = getattr(hints, "accessibility", None)  # since Qt 6.10
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self.wear, unique)

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for name, roles in {
            "canvas": (role.Window, role.AlternateBase),
            "surface": (role.Base, role.Button, role.ToolTipBase),
            "ink": (role.WindowText, role.Text, role.ButtonText, role.ToolTipText),
            "hint": (role.PlaceholderText,),
            "line": (role.Mid, role.Midlight, role.Dark),
            "accent": (role.Link, role.LinkVisited, role.Highlight, role.Accent),
            "on_accent": (role.HighlightedText, role.BrightText),
            "sunken": (role.Light,),
        }.items():
            for each in roles:
                palette.setColor(each, self.colour(name))
        for each in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, each, self.colour("soft_ink"))
        return palette

    def icon(self, name: str, tone: str = "ink") -> QIcon:
        """Give an icon that wears the colour of its tone, whatever the theme turns to later."""
        return QIcon(_Tinted(known(name), tone))

    def pixmap(self, name: str, tone: str = "ink", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """Give an icon's picture in the colour of its tone, at a size that grows with text."""
        return _drawn(name, self._colours[tone], self.px(size), ratio)


def known(icon: str) -> str:
    """Let a name pass only if there is such an icon: within painting it would be too late to complain."""
    if not (RESOURCES / "icons" / f"{icon}.svg").is_file():
        raise LookupError(icon)
    return icon


def _high_contrast() -> bool:
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)  # since Qt 6.10
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Draw an icon's 1.5 stroke in one colour; each is drawn once."""
    source = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    source = source.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.5"')
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


class _Tinted(QIconEngine):
    """An icon painted in today's colour of its tone, so a change of theme needs no new icons."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def clone(self) -> QIconEngine:
        return _Tinted(self._name, self._tone)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tone = "soft_ink" if mode == QIcon.Mode.Disabled else self._tone
        if state == QIcon.State.On and tone != "on_accent":
            tone = "accent"
        side = min(rect.width(), rect.height())
        place = QRect(rect.left(), rect.center().y() - (side - 1) // 2, side, side)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(place, _drawn(self._name, theme.colour(tone).name(), side, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture


theme = Theme()
"""The one theme of the program."""
