"""Scans of a letter: dropped, pasted or chosen, and kept inside the practice file."""

from __future__ import annotations

from base64 import b64decode, b64encode
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame

from clinic.office import letters
from clinic.values import Refusal
from clinic.wording import _
from ui.widgets import text
from ui.widgets.buttons import link, small
from ui.widgets.cards import column
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

    from clinic.office.letters import Scan

KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}
ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg"})


PASTED = "pasted:"
Brought = Path | bytes
"""A scan that is brought: a file on the disk, or a picture that was pasted."""


def named(media_type: str) -> str:
    """Name a kind of scan, or nothing for what is none."""
    return KINDS.get(media_type, "")


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
    """A scan to look at: one that is kept, or None for the one that waits."""

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
        lines.addLayout(self._kept)
        lines.addLayout(Flow(self.choose, self.paste_it))
        self.setLayout(lines)

    def show_waiting(self, brought: Brought) -> None:
        """Say which file will be kept with the letter."""
        self._waiting = brought
        name = _("The pasted picture") if isinstance(brought, bytes) else brought.name
        self.said.setText(_("{file} will be kept with the letter.").format(file=name))
        self._offer_to_open([(_("Look at it"), None)])

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
        self.said.setVisible(not scans)
        self._offer_to_open(
            [
                (
                    _("Open scan, {kind}, {size} KB").format(
                        kind=named(scan.media_type), size=f"{max(1, scan.size // 1024):,}"
                    ),
                    scan,
                )
                for scan in scans
            ]
        )

    def _offer_to_open(self, offers: Sequence[tuple[str, Scan | None]]) -> None:
        text.clear(self._kept)
        for words, scan in offers:
            self._kept.addWidget(link(words, partial(self.opened.emit, scan)))

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
