"""Scans of a letter: dropped or chosen, kept inside the practice file, looked at in place."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QWidget

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

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from clinic.office.letters import Scan

KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}
ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg"})


def read(path: Path) -> bytes:
    """Read a scan from the disk, one byte more than is kept at most."""
    try:
        with path.open("rb") as file:
            return file.read(letters.LARGEST_SCAN + 1)
    except OSError:
        raise Refusal("not_a_scan", at="scan") from None


class ScanDrop(QFrame):
    """Where a scan is dropped; a button does the same."""

    brought = Signal(object)
    """The path of a file."""
    opened = Signal(object)
    """A scan that is already kept."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.setAccessibleName(_("Scan"))
        self.setAcceptDrops(True)
        self.said = text.soft(_("Drop a scan here: PDF, PNG or JPEG"), wrap=True)
        self.choose = small(_("Choose a file"), self._choose, icon="upload")
        self._kept = Flow(spacing=12)
        lines = column(self.said, spacing=8, margin=12)
        lines.addLayout(Flow(self.choose))
        lines.addLayout(self._kept)
        self.setLayout(lines)

    def show_waiting(self, path: Path) -> None:
        """Say which file will be kept with the letter."""
        self.said.setText(_("{file} will be kept with the letter.").format(file=path.name))

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
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in ENDINGS else None


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
        self.setLayout(lines)
        self.setMinimumWidth(theme.px(460))


def _pages(content: bytes) -> QWidget:
    """Show the pages of a PDF; one that cannot be read is still kept as it came."""
    paper = Paper()
    try:
        paper.show_pdf(content)
    except pypdfium2.PdfiumError:
        return text.soft(_("This scan cannot be shown here. It is kept as it came."), wrap=True)
    return paper
