"""A panel that asks why: a few common reasons, each one press or one digit, and a line for any other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.wording import _
from ui.panel import Head
from ui.shortcuts import shortcut
from ui.widgets import text
from ui.widgets.buttons import Button, primary
from ui.widgets.cards import Card, column
from ui.widgets.fields import Line
from ui.widgets.forms import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent


class Choice(Button):
    """A reason; Enter takes it as well as a press."""

    def __init__(self, number: int, words: str, run: Callable[[], object]) -> None:
        super().__init__(f"{number}   {words}", "", "reason", run)
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class Reasons(QWidget):
    """Asks for a reason, and does the thing with it; closing does nothing."""

    def __init__(
        self,
        head: tuple[str, str],
        choices: Sequence[tuple[str, str]],
        take: Callable[[str], object],
        close: Callable[[], object],
        *,
        note: Sequence[str] = (),
        offer: str = "",
        keep: str = "",
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._take = take
        title, under = head
        lines = column(Head(title, under, close), spacing=14, margin=18)
        self.free = QCheckBox(offer)
        self.free.setAccessibleName(offer)
        if note:
            card = Card(margin=12)
            first, *rest = note
            card.body.setSpacing(6)
            card.add(text.label(first, weight="semibold", wrap=True))
            card.add(*(text.soft(each, wrap=True) for each in rest))
            if offer:
                card.add(self.free)
            if beside is not None:
                card.body.addWidget(beside, 0, Qt.AlignmentFlag.AlignLeft)
            lines.addWidget(card)
        lines.addWidget(text.caption(_("Why")))
        self._choices: list[Choice] = []
        among = column(spacing=6)
        for number, (code, words) in enumerate(choices, 1):
            choice = Choice(number, words, partial(take, code))
            action = shortcut(self, words, str(number), choice.click)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._choices.append(choice)
            among.addWidget(choice)
        lines.addLayout(among)
        self.other = Line("", _("Type it and press Enter"))
        self.other.returnPressed.connect(self._take_other)
        self._field = Field(_("Something else"), self.other)
        lines.addWidget(self._field)
        lines.addStretch(1)
        lines.addWidget(primary(keep or _("Leave it as it is"), close))
        self.setLayout(lines)
        self.setAccessibleName(title)
        self.setFocusProxy(self._choices[0] if self._choices else self.other)

    def _take_other(self) -> None:
        typed = self.other.text().strip()
        if typed:
            self._take(typed)
        else:
            self._field.say(_("State the reason; it is kept with what you do."))
