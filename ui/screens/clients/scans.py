"""Scans of a letter: dropped or chosen, kept inside the practice file, looked at in place."""

from __future__ import annotations

from base64 import b64decode, b64encode
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QLabel, QSpacerItem, QWidget

from clinic.office import letters
from clinic.values import Refusal
from clinic.wording import _
from ui.panel import Head
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import link, small
from ui.widgets.cards import column
from ui.widgets.flow import Flow
from ui.widgets.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

    from clinic.office.letters import Scan

KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}
ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg"})


PASTED = "pasted:"
Brought = Path | bytes
"""A scan that is brought: a file on the disk, or a picture that was pasted."""


def read(brought: Brought) -> bytes:
    """Read a scan from the disk, one byte more than is kept at most."""
    if isinstance(brought, bytes):
        return brought
    try:
        with brought.open("rb") as file:
            return file.read(letters.LARGEST_SCAN + 1)
    except OSError:
        raise Refusal("not_a_scan", at="scan") from None


class ScanDrop(QFrame):
    """Where a scan is dropped; a button does the same."""

    brought = Signal(object)
    """A file, or a picture that was pasted."""
    opened = Signal(object)
    """A scan that is already kept."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.setAccessibleName(_("Scan"))
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._waiting: Brought | None = None
        self.said = text.soft(_("Drop a scan here, or paste one: PDF, PNG or JPEG"), wrap=True)
        self.choose = small(_("Choose a file"), self._choose, icon="upload")
        self.paste_it = small(_("Paste"), self.paste, icon="copy")
        self._kept = Flow(spacing=12)
        lines = column(self.said, spacing=8, margin=12)
        lines.addLayout(Flow(self.choose, self.paste_it))
        lines.addLayout(self._kept)
        self.setLayout(lines)

    def show_waiting(self, brought: Brought) -> None:
        """Say which file will be kept with the letter."""
        self._waiting = brought
        named = _("The pasted picture") if isinstance(brought, bytes) else brought.name
        self.said.setText(_("{file} will be kept with the letter.").format(file=named))

    def held(self) -> str:
        """Tell which scan waits, so that it waits again after the window was locked."""
        waiting = self._waiting
        if isinstance(waiting, bytes):
            return PASTED + b64encode(waiting).decode()
        return "" if waiting is None else str(waiting)

    def hold(self, words: str) -> None:
        """Let a scan wait again."""
        if words:
            pasted_one = words.startswith(PASTED)
            self.brought.emit(b64decode(words.removeprefix(PASTED)) if pasted_one else Path(words))

    def paste(self) -> None:
        """Take a scan from the clipboard: a picture, or one file."""
        brought = pasted(QApplication.clipboard().mimeData())
        if brought is None:
            self.said.setText(_("There is no picture and no scan to paste."))
        else:
            self.brought.emit(brought)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def show_kept(self, scans: Sequence[Scan]) -> None:
        """Show the scans that are kept already."""
        text.clear(self._kept)
        for scan in scans:
            name = _("{kind}, {size} KB").format(
                kind=KINDS[scan.media_type], size=f"{max(1, scan.size // 1024):,}"
            )
            opening = link(name, partial(self.opened.emit, scan))
            opening.setAccessibleName(_("Open scan, {name}").format(name=name))
            self._kept.addWidget(opening)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.brought.emit(path)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose a scan"))
        dialog.setNameFilter(_("Scans ({endings})").format(endings="*.pdf *.png *.jpg *.jpeg"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.brought.emit(Path(name)))
        dialog.open()


def dropped(event: QDropEvent) -> Path | None:
    """Give the one file that is being dropped, if it may be a scan."""
    return _file(event.mimeData())


def _file(data: QMimeData | None) -> Path | None:
    if data is None:
        return None
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in ENDINGS else None


def pasted(data: QMimeData | None) -> Brought | None:
    """Give what the clipboard holds as a scan: its one file, or its picture as PNG."""
    path = _file(data)
    if path is not None or data is None or not data.hasImage():
        return path
    picture = QImage(data.imageData())
    content = QByteArray()
    into = QBuffer(content)
    into.open(QIODevice.OpenModeFlag.WriteOnly)
    kept = QImageWriter(into, QByteArray(b"png")).write(picture)
    into.close()
    return bytes(content.data()) if kept else None


class ScanView(QWidget):
    """A scan as it was kept, page by page."""

    def __init__(self, name: str, media_type: str, content: bytes, close: Callable[[], object]) -> None:
        super().__init__()
        lines = column(Head(name, KINDS[media_type], close), spacing=12, margin=18)
        if media_type == "application/pdf":
            lines.addWidget(_pages(content), 1)
        else:
            picture = QPixmap()
            picture.loadFromData(content)
            shown = QLabel()
            shown.setAccessibleName(name)
            wide = theme.px(420)
            mode = Qt.TransformationMode.SmoothTransformation
            shown.setPixmap(picture.scaledToWidth(wide, mode) if picture.width() > wide else picture)
            lines.addWidget(shown)
            lines.addStretch(1)
        lines.addSpacerItem(QSpacerItem(theme.px(424), 0))
        self.setLayout(lines)


def _pages(content: bytes) -> QWidget:
    """Show the pages of a PDF; one that cannot be read is still kept as it came."""
    import pypdfium2  # noqa: PLC0415 - heavy, and few scans are looked at

    paper = Paper()
    try:
        paper.show_pdf(content)
    except pypdfium2.PdfiumError:
        return text.soft(_("This scan cannot be shown here. It is kept as it came."), wrap=True)
    return paper
