"""Leave to change people, prices and rules: the password just given, and a reason that is kept with each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic.values import Refusal, Trouble
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.widgets import text
from ui.widgets.buttons import quiet, small
from ui.widgets.cards import column, row
from ui.widgets.fields import Line, Password
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from ui.screen import Counter

GIVEN_FOR_MS = 5 * 60_000
"""As long as the office takes the password as just given."""


class Leave(QObject):
    """Given or not, for all sections alike."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.reason = ""
        self._ending = QTimer(self, singleShot=True, interval=GIVEN_FOR_MS)
        self._ending.timeout.connect(self.end)

    @property
    def given(self) -> bool:
        """Whether changes can be made now."""
        return bool(self.reason)

    def give(self, reason: str) -> None:
        """Let changes be made for a while, for this reason."""
        self.reason = reason
        self._ending.start()
        self.changed.emit()

    def end(self) -> None:
        """Let no more changes be made."""
        self.reason = ""
        self._ending.stop()
        self.changed.emit()


class Gate(QFrame):
    """The bar above what only leave can change."""

    def __init__(self, leave: Leave, counter: Counter) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.setAccessibleName(_("Leave to change"))
        self._leave, self._counter = leave, counter
        self.reason, self.password = Line(hint=_("New price list for January")), Password()
        self.form = Form(2)
        self.form.add("reason", _("Reason, kept with each change"), self.reason)
        self.form.add("password", _("Your password"), self.password)
        self.unlock = quiet(_("Allow changes"), self._ask, icon="lock")
        self.password.returnPressed.connect(self._ask)
        self.reason.returnPressed.connect(self.password.setFocus)
        asking = QWidget()
        lines = column(
            text.soft(_("People, prices and rules change only with your password and a reason."), wrap=True),
            self.form,
        )
        foot = row(self.unlock)
        foot.addStretch(1)
        lines.addLayout(foot)
        asking.setLayout(lines)
        self._told = text.label("", wrap=True)
        told = QWidget()
        telling = row(text.Glyph("shield-check", "accent"), self._told)
        telling.setStretch(1, 1)
        telling.addWidget(small(_("Lock again"), leave.end))
        told.setLayout(telling)
        self._asking, self._telling = asking, told
        self.setLayout(column(asking, told, margin=16))
        leave.changed.connect(self._show)
        self._show()

    def _ask(self) -> None:
        self.form.clear_messages()
        if not self.reason.text().strip():
            self.form.refuse("reason", sentence(Refusal("reason_missing")))
            return
        password, confirm = self.password.text(), self._counter.seat.confirm
        self.unlock.setEnabled(False)
        self._counter.runner.outside(lambda _progress: confirm(password), self._right, self._wrong)

    def _right(self, _done: None) -> None:
        self.unlock.setEnabled(True)
        self.password.clear()
        self._leave.give(self.reason.text().strip())

    def _wrong(self, said_no: Refusal | Trouble) -> None:
        self.unlock.setEnabled(True)
        self.password.selectAll()
        self.form.refuse("password", sentence(said_no))

    def _show(self) -> None:
        self._told.setText(
            _("Changes are allowed for five minutes. Reason: {reason}").format(reason=self._leave.reason)
        )
        self._asking.setVisible(not self._leave.given)
        self._telling.setVisible(self._leave.given)
