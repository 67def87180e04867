"""Several of a few: boxes to tick, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


class Ticks(QWidget):
    """Boxes, each standing for a value."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._boxes = {value: QCheckBox(words) for words, value in choices}
        lines = Flow(*self._boxes.values(), spacing=12)
        self.setLayout(lines)
        for box in self._boxes.values():
            box.toggled.connect(lambda _on: self.changed.emit())

    @property
    def ticked(self) -> list[str]:
        """The values ticked, in the order of the boxes."""
        return [value for value, box in self._boxes.items() if box.isChecked()]

    def tick(self, values: Collection[str]) -> None:
        """Tick these and no others."""
        for value, box in self._boxes.items():
            box.setChecked(value in values)
