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


def dressed(application: QApplication, memory: Memory) -> None:
    """Dress the application as it was last time."""
    application.setApplicationName(NAME.lower())
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName(NAME.lower())
    application.setStyle("Fusion")
    theme.load_fonts(first=True)
    theme.choose(mode=memory.mode, percent=memory.percent)
    theme.follow_the_system()
    application.setWindowIcon(theme.icon("mark", "accent"))


def run(front: FrontDoor, screens: Callable[[], Sequence[type[Screen]]], settings: Path) -> int:
    """Open the window and stay until it is closed; `screens` imports those there are."""
    memory = Memory(settings)
    application = QApplication(sys.argv[:1])
    dressed(application, memory)
    window = Window(front, screens, memory)

    def own_up(_kind: type[BaseException], bug: BaseException, _trace: TracebackType | None) -> None:
        """Take whatever nothing else caught."""
        window.own_up(bug)

    sys.excepthook = own_up
    window.show()
    QTimer.singleShot(0, window, window.warm_up)
    QTimer.singleShot(0, window, lambda: theme.load_fonts(first=False))
    return application.exec()
