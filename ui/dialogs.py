"""The few dialogs: a trouble, a bug, and the question before what cannot be undone. None of them blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.theme import theme
from ui.widgets.buttons import unticked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clinic.values import Refusal, Trouble


def _box(parent: QWidget | None, icon: str, head: str, body: str) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.NoIcon, "", head, QMessageBox.StandardButton.NoButton, parent)
    box.setIconPixmap(theme.pixmap(icon, "accent", 20, box.devicePixelRatioF()))
    box.setInformativeText(body)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def tell_no(parent: QWidget | None, said_no: Refusal | Trouble) -> QMessageBox:
    """Say what a rule or the world refused, and what to do about it."""
    box = _box(parent, "info", _("This could not be done"), sentence(said_no))
    box.setDefaultButton(box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole))
    box.open()
    return box


def tell_bug(parent: QWidget | None, report: Path, leave: Callable[[], object]) -> QMessageBox:
    """Own up to a bug: what was saved is safe, here is the report, go on or close."""
    box = _box(
        parent,
        "octagon-x",
        _("Something in the program went wrong"),
        _("What you saved is safe. A report with no client's data lies here:\n{path}").format(path=report),
    )
    going_on = box.addButton(_("Go on working"), QMessageBox.ButtonRole.AcceptRole)
    showing = box.addButton(_("Show the report"), QMessageBox.ButtonRole.ActionRole)
    closing = box.addButton(_("Close the program"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(going_on)
    box.setEscapeButton(going_on)
    showing.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(report))))
    closing.clicked.connect(unticked(leave))
    box.open()
    return box


def ask_first(
    parent: QWidget, question: str, consequence: str, verb: str, go_on: Callable[[], object]
) -> QMessageBox:
    """Ask before what cannot be undone; the button says the verb, Enter and Esc leave things as they are."""
    box = _box(parent, "circle-question-mark", question, consequence)
    doing = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
    leaving = box.addButton(_("Leave it"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leaving)
    box.setEscapeButton(leaving)
    doing.clicked.connect(unticked(go_on))
    box.open()
    return box
