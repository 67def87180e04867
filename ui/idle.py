"""Notices that nobody has touched the window for a while, or that the machine has slept."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

TICK_MS = 5_000
SLEPT_SECONDS = 60.0
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """Watches every touch of the program while someone is signed in."""

    too_long = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.too_long)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._look_at_the_clock)
        self._seen = 0.0

    def watch(self, minutes: float) -> None:
        """Begin to watch, or change after how many minutes is too long."""
        self._seen = time.time()
        self._idle.start(round(minutes * 60_000))
        self._tick.start()
        _program().installEventFilter(self)

    def rest(self) -> None:
        """Stop watching."""
        self._idle.stop()
        self._tick.stop()
        _program().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start counting anew at each touch."""
        if event.type() in TOUCHES:
            self._idle.start()
        return super().eventFilter(watched, event)

    def _look_at_the_clock(self) -> None:
        """Take a jump of the clock for sleep: whoever wakes the machine must sign in."""
        seen, self._seen = self._seen, time.time()
        if self._seen - seen > SLEPT_SECONDS:
            self.too_long.emit()


def _program() -> QCoreApplication:
    program = QCoreApplication.instance()
    if program is None:
        message = "a window needs an application"
        raise RuntimeError(message)
    return program
