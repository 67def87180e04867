"""The way out of the kiosk: the password of whoever is signed in, and nothing less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic.wording.refusals import sentence
from ui.asking.control import Press
from ui.widgets import text
from ui.widgets.cards import Card, column, row
from ui.widgets.fields import Password

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.values import Refusal, Trouble
    from ui.asking.control import Manner
    from ui.runner import Runner

WIDE = 420


class Leaving(QWidget):
    """Asks for the password; a wrong one leads back to the form."""

    let_out = Signal()

    def __init__(
        self, manner: Manner, runner: Runner, confirm: Callable[[str], None], stay: Callable[[], object]
    ) -> None:
        super().__init__()
        self._runner = runner
        self._confirm = confirm
        self.password = Password()
        self.password.setAccessibleName(manner.word("staff_password"))
        self.password.setProperty("touch", manner.touch)
        self.password.returnPressed.connect(self.try_it)
        self._message = text.label("", tone="refused", wrap=True)
        self._message.hide()
        self.leave = Press(manner.word("leave"), manner, "", self.try_it)
        stay_ = Press(manner.word("stay"), manner, "primary", stay)
        card = Card(manner.word("staff"), margin=24)
        card.setMaximumWidth(WIDE)
        card.setMinimumWidth(WIDE)
        card.add(text.soft(manner.word("staff_password"), wrap=True), self.password, self._message)
        buttons = row(stay_, self.leave, spacing=8)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        whole = column(margin=24)
        whole.addStretch(1)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        whole.addStretch(2)
        self.setLayout(whole)
        self.setFocusProxy(self.password)

    def try_it(self) -> None:
        """Try the password."""
        given, confirm = self.password.text(), self._confirm
        self.password.clear()
        self._message.hide()
        self._runner.outside(lambda _progress: confirm(given), self._right, self._wrong)

    def _right(self, _answer: object) -> None:
        self.let_out.emit()

    def _wrong(self, no: Refusal | Trouble) -> None:
        self._message.setText(sentence(no))
        self._message.show()
        self.password.setFocus()
