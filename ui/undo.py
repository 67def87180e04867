"""What can be taken back: a stack of named steps, each with the way back and the way there again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Step:
    """Something done that can be undone; `name` completes the sentence "Undo …", as in "move of visit"."""

    name: str
    back: Callable[[], object]
    again: Callable[[], object] | None = None


class Undo(QObject):
    """The steps of this sitting, newest last; signing out forgets them."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def push(self, step: Step) -> None:
        """Remember a step just done; what was undone before can no longer be done again."""
        self._done = [*self._done, step][-DEEPEST:]
        self._undone.clear()
        self.changed.emit()

    @property
    def next_back(self) -> str:
        """Name what Undo would take back, or nothing."""
        return self._done[-1].name if self._done else ""

    @property
    def next_again(self) -> str:
        """Name what Redo would do again, or nothing."""
        return self._undone[-1].name if self._undone else ""

    def undo(self) -> None:
        """Take the newest step back."""
        if self._done:
            step = self._done.pop()
            if step.again is not None:
                self._undone.append(step)
            self.changed.emit()
            step.back()

    def redo(self) -> None:
        """Do the step again that was last undone."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self.changed.emit()
            if step.again is not None:
                step.again()
