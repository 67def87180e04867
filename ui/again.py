"""The password asked for again, before what may not be done on an unattended screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import row
from ui.widgets.fields import Password
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.values import Refusal, Trouble
    from ui.screen import Counter


class Again(QDialog):
    """Asks who sits here; it closes by itself once the password was right."""

    def __init__(self, parent: QWidget, counter: Counter, why: str, go_on: Callable[[], object]) -> None:
        super().__init__(parent)
        self._counter = counter
        self._go_on = go_on
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Your password again"))
        self.password = Password()
        self._form = Form()
        self._form.add("password", _("Password"), self.password)
        self.going_on = primary(_("Go on"), self._ask)
        buttons = row(spacing=8)
        buttons.addStretch(1)
        buttons.addWidget(quiet(_("Leave it"), self.reject))
        buttons.addWidget(self.going_on)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 20, 20, 20)
        lines.setSpacing(12)
        lines.addWidget(text.section(_("Your password again")))
        lines.addWidget(text.soft(why, wrap=True))
        lines.addWidget(self._form)
        lines.addLayout(buttons)
        self.setMinimumWidth(theme.px(360))
        self.password.setFocus()

    def _ask(self) -> None:
        confirm, password = self._counter.seat.confirm, self.password.text()
        self.going_on.setEnabled(False)
        self._counter.runner.outside(lambda _progress: confirm(password), self._right, self._wrong)

    def _right(self, _done: None) -> None:
        self.accept()
        self._go_on()

    def _wrong(self, said_no: Refusal | Trouble) -> None:
        self.going_on.setEnabled(True)
        self.password.selectAll()
        self._form.refuse("password", sentence(said_no))
        self.adjustSize()


def ask_again(parent: QWidget, counter: Counter, go_on: Callable[[], object], *, why: str = "") -> Again:
    """Ask for the password, then do what it was asked for."""
    money = _("Money is paid back, and receipts are voided, only by somebody who gave the password just now.")
    dialog = Again(parent, counter, why or money, go_on)
    dialog.open()
    return dialog
