"""The foot of the booking panel: the one button, what Enter and Esc do, and quietly the way past the flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from clinic.wording import _
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import primary
from ui.widgets.cards import column
from ui.widgets.chips import KeyCap
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.screens.booking.verdict import WayOn


class Foot(QFrame):
    """Stays on view however much stands above it."""

    def __init__(self, run: Callable[[], object], past: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self.button = primary(_("Book the visit"), run, icon="calendar-plus")
        self.button.setEnabled(False)
        self._enter = text.caption(_("books the visit"))
        keys = Flow(
            KeyCap(_("Enter")),
            self._enter,
            KeyCap(_("Esc")),
            text.caption(_("closes, nothing is booked")),
            spacing=6,
        )
        lines = column(self.button, spacing=10)
        lines.setContentsMargins(18, 12, 18, 14)
        lines.addWidget(past, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addLayout(keys)
        self.setLayout(lines)

    def show_way(self, way: WayOn) -> None:
        """Make the safe way on the one that the button and Enter take."""
        self.button.say(way.words)
        self.button.setIcon(theme.icon(way.icon, "on_accent" if way.open else "soft_ink"))
        self.button.setEnabled(way.open)
        self._enter.setText(way.enter)
