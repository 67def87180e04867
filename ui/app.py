"""The program as a window: its look, the door first, the rest while one types, the last resort for bugs."""

from __future__ import annotations

import gc
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from ui.alone import Alone
from ui.door import Door
from ui.memory import Memory
from ui.theme import theme
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from ui.screen import Screen

NAME = "Effleurage"
PAINTED_MS = 50
"""By then the door is painted; what is imported sooner would only take the interpreter from the painting."""


def dressed(application: QApplication, memory: Memory) -> None:
    """Dress the application as it was last time."""
    application.setApplicationName(NAME.lower())
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName(NAME.lower())
    application.setStyle("Fusion")
    # On its way to the face that has a script, Qt complains of each one that lacks it.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    theme.load_fonts(first=True)
    theme.choose(mode=memory.mode, percent=memory.percent)
    theme.follow_the_system()
    application.setWindowIcon(theme.icon("mark", "accent"))


def run(words: Sequence[str], usual: Callable[[], Path]) -> int:
    """Open the window on the practice named, or the usual one, and stay until it is closed."""
    gc.disable()  # until everything is imported, below
    application = QApplication(sys.argv[:1])
    settings = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation))
    practice = _named(words) or usual()
    alone = Alone(practice, settings / NAME.lower())
    if not alone.claim():
        return 0
    memory = Memory(settings / NAME.lower())
    dressed(application, memory)
    window = Window(Door(practice), _screens, memory)
    alone.knocked.connect(window.come_forward)

    def own_up(_kind: type[BaseException], bug: BaseException, _trace: TracebackType | None) -> None:
        """Take whatever nothing else caught."""
        window.own_up(bug)

    sys.excepthook = own_up
    window.show()
    QTimer.singleShot(PAINTED_MS, window, window.warm_up)
    QTimer.singleShot(PAINTED_MS, window, lambda: theme.load_fonts(first=False))
    status = application.exec()
    alone.leave()
    return status


def _named(words: Sequence[str]) -> Path | None:
    """Read which practice the words or the environment name."""
    if "--practice" in words[:-1]:
        return Path(words[list(words).index("--practice") + 1])
    named = os.environ.get("CLINIC_PRACTICE")
    return Path(named) if named else None


@cache
def _screens() -> Sequence[type[Screen]]:
    """Import the screens there are, in the order of the rail.

    What is imported stays for good, so the collector looks through it neither meanwhile nor later: each of its
    rounds would take a twentieth of a second from whoever waits.
    """
    from ui import screens  # noqa: PLC0415 - the door is painted first

    try:
        return screens.there_are()
    finally:
        gc.freeze()
        gc.enable()
