"""What can be done on a page: the one main button, and quiet ones whose words give way to their icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.cards import row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.buttons import Button

GAP = 8


class Tools(QWidget):
    """Buttons in one line; the last one is the main one and keeps its words."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self._buttons: Sequence[Button] = buttons
        self.setLayout(row(*buttons, spacing=GAP))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def fit(self, room: int) -> None:
        """Show words where all of them find room, else the icons of the quiet buttons."""
        shown = [button for button in self._buttons if not button.isHidden()]
        for button in self._buttons:
            button.shorten(to_icon=False)
        wanted = sum(button.sizeHint().width() + GAP for button in shown) - GAP
        for button in self._buttons[:-1]:
            button.shorten(to_icon=wanted > room)
        self.updateGeometry()
