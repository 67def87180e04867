"""The foot of the kiosk: where the client is, what is still open, and the ways on; it never scrolls away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from ui.asking.control import Press
from ui.widgets import text
from ui.widgets.cards import row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.asking.control import Manner


class Foot(QFrame):
    """Back, the count of pages, a sentence, the way out for staff, and the way on."""

    def __init__(
        self,
        manner: Manner,
        back: Callable[[], object],
        on: Callable[[], object],
        staff: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.back = Press("", manner, "", back)
        self.next = Press("", manner, "primary", on)
        self.next.setMinimumWidth(160)
        self.staff = Press("", manner, "plain", staff)
        self.count = text.soft()
        self.message = text.label("", tone="refused", wrap=True)
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._held: Sequence[QPushButton] = ()
        self._here = row(spacing=10)
        along = row(self.back, self.count, spacing=16)
        along.addWidget(self.message, 1)
        along.addWidget(self.staff)
        along.addLayout(self._here)
        along.addWidget(self.next)
        along.setContentsMargins(28, 12, 28, 12)
        self.setLayout(along)

    def hold(self, presses: Sequence[QPushButton]) -> None:
        """Hold the answers of a page that asks one thing only, in the place of those of the page before."""
        for press in self._held:
            press.hide()
            press.deleteLater()
        self._held = presses
        for press in presses:
            self._here.addWidget(press)
