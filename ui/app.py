"""The program as a window: its look, the door first, the rest while one types, the last resort for bugs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.memory import Memory
from ui.theme import theme
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from ui.front import FrontDoor
    from ui.screen import Screen

NAME = "Effleurage"


def application(memory: Memory) -> QApplication:
    """Make the application, dressed as it was last time."""
    made = QApplication.instance()
    if not isinstance(made, QApplication):
        made = QApplication(sys.argv[:1])
    made.setApplicationName(NAME.lower())
    made.setApplicationDisplayName(NAME)
    made.setDesktopFileName(NAME.lower())
    made.setStyle("Fusion")
    theme.load_fonts(first=True)
    theme.choose(mode=memory.mode, percent=memory.percent)
    theme.follow_the_system()
    made.setWindowIcon(theme.icon("mark", "accent"))
    return made


def run(
    front: FrontDoor, screens: Callable[[], Sequence[type[Screen]]], *, settings: Path, reports: Path
) -> int:
    """Open the window and stay until it is closed; `screens` imports those there are."""
    memory = Memory(settings)
    running = application(memory)
    window = Window(front, screens, memory, reports)

    def own_up(_kind: type[BaseException], bug: BaseException, _trace: TracebackType | None) -> None:
        """Take whatever nothing else caught."""
        window.own_up(bug)

    sys.excepthook = own_up
    window.show()
    QTimer.singleShot(0, window, window.warm_up)
    QTimer.singleShot(0, window, lambda: theme.load_fonts(first=False))
    return running.exec()
