"""Paper out of the window: to a printer, or into a PDF file. Both get the bytes that were previewed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, QStandardPaths, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog

from clinic.wording import _
from ui.widgets.paper import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

POINTS_PER_INCH = 72
DOTS_PER_INCH = 300
"""Sharp enough for the smallest print on a receipt."""


def has_printer() -> bool:
    """Tell whether there is anything to print on."""
    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer(
    parent: QWidget,
    content: bytes,
    printed: Callable[[], object],
    failed: Callable[[], object] = lambda: None,
) -> QPrintDialog:
    """Let the person choose a printer and print; Enter takes the usual one. A printer may fail."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    fit(printer, content)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def go_on() -> None:
        (printed if paint(printer, content) else failed)()

    dialog.accepted.connect(go_on)
    QDialog.open(dialog)
    return dialog


def fit(printer: QPrinter, content: bytes) -> None:
    """Take the document's own size of paper, without margins: it brings its own."""
    document = opened(content)
    wide, high = document[0].get_size()
    document.close()
    size = QPageSize(QSizeF(wide, high), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageSize(size)
    printer.setFullPage(True)
    if high < wide:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)


def paint(printer: QPrinter, content: bytes) -> bool:
    """Put every page of a document on paper as it is, and tell whether the printer took them."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    document = opened(content)
    try:
        for at in range(len(document)):
            if at:
                printer.newPage()
            bitmap = document[at].render(
                scale=DOTS_PER_INCH / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True
            )
            picture = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGBX8888,
            )
            painter.drawImage(QRectF(painter.viewport()), picture)
    finally:
        ended = painter.end()
        document.close()
    return ended and printer.printerState() not in {
        QPrinter.PrinterState.Error,
        QPrinter.PrinterState.Aborted,
    }


def ask_draft(parent: QWidget, name: str) -> Path | None:
    """Let the person choose where the draft of a mail goes."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("Save as an email to be sent"), str(Path(folder) / f"{name}.eml"), _("Email (*.eml)")
    )
    return Path(chosen) if chosen else None


def ask_file(parent: QWidget, name: str) -> Path | None:
    """Let the person choose where a PDF goes."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("Save as PDF"), str(Path(folder) / f"{name}.pdf"), _("PDF (*.pdf)")
    )
    return Path(chosen) if chosen else None
