"""A PDF shown in place: what is previewed is what is printed, for both are the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from clinic.wording import _
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfDocument

GAP = 16


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

    def show_nothing(self) -> None:
        """Take the document away."""
        for sheet in self._sheets:
            self._lines.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        self._sheets = []

    def show_pdf(self, content: bytes) -> None:
        """Show a document in place of the one there."""
        self.show_nothing()
        document = opened(content)
        sizes = [document.get_page_size(at) for at in range(len(document))]
        document.close()
        self._sheets = [_Sheet(content, at, sizes) for at in range(len(sizes))]
        for at, sheet in enumerate(self._sheets):
            self._lines.insertWidget(at, sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for sheet in self._sheets:
            sheet.fit(self.viewport().width() - 2 * GAP)


class _Sheet(QWidget):
    """One page, drawn when it is first seen: of a hundred pages most never are."""

    SHARPNESS = 2.5
    """Drawn once at this many pixels to the point, sharp up to a page as wide as a large screen."""
    WIDEST = 900

    def __init__(self, content: bytes, at: int, sizes: Sequence[tuple[float, float]]) -> None:
        super().__init__()
        self._content, self._at, self._size = content, at, sizes[at]
        self._kept: QImage | None = None
        self.setAccessibleName(_("Page {n} of {whole}").format(n=at + 1, whole=len(sizes)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def _picture(self) -> QImage:
        if self._kept is None:
            self._kept = page_image(self._content, self._at, self.SHARPNESS)
        return self._kept

    def fit(self, width: int) -> None:
        """Make the page as wide as this."""
        wide = max(1, min(width, self.WIDEST))
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
