"""The question in front of another therapist's note: why it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.wording import _
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Card, column
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Field

if TYPE_CHECKING:
    from collections.abc import Callable


class AskReason(QWidget):
    """Takes the reason that goes into the trail."""

    def __init__(self, answer: Callable[[str], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._said = text.label(wrap=True)
        self.reason = Line(hint=_("Covering this week"))
        self._field = Field(_("Reason"), self.reason)
        self.open = primary(_("Open the note"), lambda: answer(self.reason.text()))
        self.reason.returnPressed.connect(self.open.click)
        card = Card(_("Another therapist's note"))
        card.add(self._said, self._field)
        card.body.addLayout(Flow(self.open, quiet(_("Leave it"), leave)))
        card.setMaximumWidth(520)
        lines = column(card, margin=24)
        lines.addStretch(1)
        self.setLayout(lines)

    def ask(self, words: str, *, may_answer: bool) -> None:
        """Say what stands in the way, and ask for a reason where one helps."""
        self._said.setText(words)
        self._field.setVisible(may_answer)
        self.open.setVisible(may_answer)
        if may_answer:
            self.reason.setFocus()
