"""Paper shown in place: a PDF, of which what is previewed is what is printed, or the picture of a page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from clinic.wording import _
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdfium2 import PdfDocument

GAP = 16
SHARPNESS = 2.5
"""A page is drawn once at this many pixels to the point, sharp up to a page as wide as a large screen."""
QUARTER = 90


def opened(content: bytes) -> PdfDocument:
    """Open a document to look at its pages."""
    import pypdfium2  # noqa: PLC0415 - heavy, and the window is there before any paper is

    return pypdfium2.PdfDocument(content)


def page_image(content: bytes, at: int, sharpness: float) -> QImage:
    """Draw a page of a document, at so many pixels to the point."""
    document = opened(content)
    bitmap = document[at].render(scale=sharpness, rev_byteorder=True, prefer_bgrx=True)
    document.close()
    buffer = bytes(bitmap.buffer)
    kind = QImage.Format.Format_RGBX8888
    return QImage(buffer, bitmap.width, bitmap.height, bitmap.stride, kind).copy()


class Paper(QScrollArea):
    """Pages under one another, as wide as there is room; they stay white in the dark, as paper does."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Preview"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QWidget()
        self._pages.setObjectName("canvas")
        self._lines = QVBoxLayout(self._pages)
        self._lines.setContentsMargins(GAP, GAP, GAP, GAP)
        self._lines.setSpacing(GAP)
        self.setWidget(self._pages)
        self._lines.addStretch(1)
        self._sheets: list[_Sheet] = []
        self._times = 1.0

    def show_nothing(self) -> None:
        """Take the document away."""
        for sheet in self._sheets:
            self._lines.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        self._sheets = []

    def show_pdf(self, content: bytes) -> None:
        """Show a document in place of the one there."""
        document = opened(content)
        sizes = [document.get_page_size(at) for at in range(len(document))]
        document.close()
        self._show(
            [
                _Sheet(partial(page_image, content, at, SHARPNESS), size, _page(at + 1, len(sizes)))
                for at, size in enumerate(sizes)
            ]
        )

    def show_picture(self, picture: QImage) -> None:
        """Show the picture of a page in place of what is there."""
        size = (float(picture.width()), float(picture.height()))
        self._show([_Sheet(lambda: picture, size, _page(1, 1))])

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._sheets)

    def enlarge(self, times: float) -> None:
        """Show the pages so many times as wide as there is room; one then moves about on them."""
        self._times = times
        wide = Qt.ScrollBarPolicy.ScrollBarAsNeeded if times > 1 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(wide)
        self._fit()

    def turn(self) -> None:
        """Turn every page a quarter to the right, for what was scanned lying on its side."""
        for sheet in self._sheets:
            sheet.turn()
        self._fit()

    def _show(self, sheets: list[_Sheet]) -> None:
        self.show_nothing()
        self._sheets = sheets
        for at, sheet in enumerate(sheets):
            self._lines.insertWidget(at, sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for sheet in self._sheets:
            sheet.fit(self.viewport().width() - 2 * GAP, self._times)


def _page(n: int, whole: int) -> str:
    return _("Page {n} of {whole}").format(n=n, whole=whole)


class _Sheet(QWidget):
    """One page, drawn when it is first seen: of a hundred pages most never are."""

    WIDEST = 900

    def __init__(self, draw: Callable[[], QImage], size: tuple[float, float], name: str) -> None:
        super().__init__()
        self._draw, self._size = draw, size
        self._turned = 0
        self._kept: QImage | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def _picture(self) -> QImage:
        if self._kept is None:
            self._kept = self._draw().transformed(QTransform().rotate(self._turned))
        return self._kept

    def turn(self) -> None:
        """Turn the page a quarter to the right."""
        self._turned += QUARTER
        self._size = (self._size[1], self._size[0])
        self._kept = None
        self.update()

    def fit(self, width: int, times: float = 1.0) -> None:
        """Make the page as wide as this, or so many times as wide."""
        wide = max(1, round(min(width, self.WIDEST) * times))
        self.setFixedSize(QSize(wide, round(wide * self._size[1] / self._size[0])))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        scaled = self._picture.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, scaled)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        event.accept()
