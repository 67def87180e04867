"""Revoking a letter: the reason first, which stays with it; and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.office.clearances import Closed
from clinic.wording import _, day
from clinic.wording.refusals import sentence
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import column
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clinic.values import Refusal


class Revoking(QWidget):
    """Opened by its button; asks why, and only then does it."""

    def __init__(self, go_on: Callable[[str], object]) -> None:
        super().__init__()
        self._go_on = go_on
        self._revoked = False
        self.open_button = quiet(_("Revoke"), self._open)
        self.reason = Line()
        self.form = Form()
        self.form.add("reason", _("Why it no longer speaks; kept with the letter"), self.reason)
        self.sure = quiet(_("Revoke from today on"), lambda: go_on(self.reason.text()))
        self.reason.returnPressed.connect(lambda: go_on(self.reason.text()))
        self._asking = QWidget()
        asking = column(self.form, spacing=8)
        asking.addLayout(Flow(self.sure))
        self._asking.setLayout(asking)
        self._asking.hide()
        self._said = text.soft("", wrap=True)
        self._said.hide()
        self.setLayout(column(self._said, self._asking, spacing=8))

    def show_state(self, revoked_on: date | None, reason: str) -> None:
        """Say whether the letter was revoked, when and why."""
        self._revoked = revoked_on is not None
        self.open_button.say(_("Reinstate") if self._revoked else _("Revoke"))
        self._said.setVisible(self._revoked)
        if revoked_on is not None:
            said = _("Revoked on {day}: {reason}") if reason else _("Revoked on {day}")
            if reason == Closed.VOIDED_BY_CHANGE:
                said = _("Void since {day}: something told of the client's health has changed.")
            self._said.setText(said.format(day=day(revoked_on), reason=reason))

    def refuse(self, refusal: Refusal) -> None:
        """Say under the reason what is wrong with it."""
        self.form.refuse(refusal.at, sentence(refusal))

    def _open(self) -> None:
        if self._revoked:
            self._go_on("")
        else:
            self._asking.show()
            self.reason.setFocus()
