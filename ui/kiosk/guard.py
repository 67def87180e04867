"""Keeps a client on the form: no shortcut, no menu, no key that leads anywhere else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
PASSED_ON = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr})
"""Keys that only change what others write."""
LETS_OUT = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Menu, *(Qt.Key(Qt.Key.Key_F1 + n) for n in range(35))})
KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
NEVER = frozenset({QEvent.Type.ContextMenu, QEvent.Type.Shortcut, QEvent.Type.Drop, QEvent.Type.DragEnter})


class Guard(QObject):
    """Swallows whatever would lead away from the form, wherever in the program it arrives."""

    def stand(self) -> None:
        """Begin to watch."""
        _program().installEventFilter(self)

    def leave(self) -> None:
        """Stop watching."""
        _program().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let through what types and moves, and nothing else."""
        if event.type() in NEVER:
            event.accept()
            return True
        if event.type() in KEYS and isinstance(event, QKeyEvent) and leads_out(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)


def leads_out(event: QKeyEvent) -> bool:
    """Whether a key does more than write or move; an accented letter typed with AltGr only writes."""
    if event.key() in LETS_OUT:
        return True
    if event.key() in PASSED_ON or not event.modifiers() & MODIFIERS:
        return False
    typed = event.text()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    writes = bool(typed) and typed.isprintable() and event.modifiers() & both == both
    return not writes


def _program() -> QCoreApplication:
    program = QCoreApplication.instance()
    if program is None:
        message = "a kiosk needs an application"
        raise RuntimeError(message)
    return program
