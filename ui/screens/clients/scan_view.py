"""A scan looked at: beside the fields that are filled in from it, or in the panel where there is no such room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QFrame, QSpacerItem, QWidget

from clinic.office import letters
from clinic.wording import _, ngettext
from ui.panel import Head
from ui.screens.clients.scans import named
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import icon_only
from ui.widgets.cards import column, row
from ui.widgets.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Callable

WIDEST = 1_800
"""A photograph is kept as it came, and shown no wider than a page is ever looked at."""
TIMES = (1.0, 1.4, 2.0, 3.0)
"""How many times as wide as there is room a scan is shown."""
LEAST = (320, 280)


@dataclass(frozen=True, slots=True)
class Looked:
    """A scan made ready to be looked at, away from the window's thread."""

    media_type: str
    content: bytes
    picture: QImage | None
    """The page as a picture, the right way up; None for a PDF, and for what cannot be read."""


def looked(content: bytes) -> Looked:
    """Make a scan ready to be looked at; what it is is told by its content."""
    media_type = letters.media_type(content)
    picture = None if media_type == "application/pdf" else _picture(content)
    return Looked(media_type or "", content, picture)


def _picture(content: bytes) -> QImage | None:
    """Read a picture as a camera meant it to be seen, no larger than it is shown."""
    kept = QByteArray(content)
    source = QBuffer(kept)
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > WIDEST:
        reader.setScaledSize(size.scaled(QSize(WIDEST, WIDEST), Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    source.close()
    return None if picture.isNull() else picture


def shown(scan: Looked) -> Paper | None:
    """Lay a scan out as paper; None where it cannot be read. It is kept as it came all the same."""
    import pypdfium2  # noqa: PLC0415 - heavy, and few scans are looked at

    paper = Paper()
    if scan.picture is not None:
        paper.show_picture(scan.picture)
        return paper
    try:
        paper.show_pdf(scan.content)
    except pypdfium2.PdfiumError:
        paper.deleteLater()
        return None
    return paper


def unreadable() -> QWidget:
    """Say that a scan cannot be shown."""
    return text.soft(_("This scan cannot be shown here. It is kept as it came."), wrap=True)


class ScanView(QWidget):
    """A scan in the panel, page by page."""

    def __init__(self, name: str, scan: Looked, close: Callable[[], object]) -> None:
        super().__init__()
        lines = column(Head(name, named(scan.media_type), close), spacing=12, margin=18)
        paper = shown(scan)
        lines.addWidget(paper or unreadable(), 1)
        lines.addSpacerItem(QSpacerItem(theme.px(424), 0))
        self.setLayout(lines)


class ScanBeside(QWidget):
    """A scan in the middle of the window, as large as there is room, while its letter is typed at the right."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAccessibleName(_("Scan of the letter"))
        self.paper: Paper | None = None
        self._at = 0
        self._title = text.section(_("Scan of the letter"))
        self._said = text.soft()
        self.smaller = icon_only("zoom-out", _("Smaller"), lambda: self._enlarge(-1))
        self.larger = icon_only("zoom-in", _("Larger"), lambda: self._enlarge(+1))
        self.turn = icon_only("rotate-cw", _("Turn the page"), self._turn)
        self.close_it = icon_only("x", _("Close the scan"), self.closed.emit)
        head = QFrame()
        head.setObjectName("band")
        tools = row(self._title, self._said, spacing=10)
        tools.addStretch(1)
        for tool in (self.smaller, self.larger, self.turn, self.close_it):
            tools.addWidget(tool)
        tools.setContentsMargins(20, 10, 12, 10)
        head.setLayout(tools)
        self._lines = column(head, spacing=0)
        self._held: QWidget | None = None
        self.setLayout(self._lines)
        self.setMinimumSize(*LEAST)
        self.hide()

    def show_scan(self, scan: Looked) -> None:
        """Show a scan in place of the one there."""
        self.clear()
        self.paper = shown(scan)
        self._held = self.paper or unreadable()
        self._lines.addWidget(self._held, 1)
        pages = self.paper.pages if self.paper is not None else 0
        told = ngettext("{n} page", "{n} pages", pages).format(n=pages) if pages > 1 else ""
        self._said.setText(", ".join(filter(None, (named(scan.media_type), told))))
        self._at = 0
        self._enlarge(0)
        self.show()

    def clear(self) -> None:
        """Let go of the scan."""
        self.hide()
        self.paper = None
        held, self._held = self._held, None
        if held is not None:
            self._lines.removeWidget(held)
            held.hide()
            held.deleteLater()

    def _enlarge(self, steps: int) -> None:
        self._at = min(max(self._at + steps, 0), len(TIMES) - 1)
        readable = self.paper is not None
        self.smaller.setEnabled(readable and self._at > 0)
        self.larger.setEnabled(readable and self._at < len(TIMES) - 1)
        self.turn.setEnabled(readable)
        if self.paper is not None:
            self.paper.enlarge(TIMES[self._at])

    def _turn(self) -> None:
        if self.paper is not None:
            self.paper.turn()
