"""What a key may do on the kiosk: write and move, and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.kiosk.guard import leads_out

NONE, CTRL, ALT, META = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "out"),
    [
        (Qt.Key.Key_A, NONE, "a", False),
        (Qt.Key.Key_Tab, NONE, "\t", False),
        (Qt.Key.Key_Left, NONE, "", False),
        (Qt.Key.Key_Return, NONE, "\r", False),
        (Qt.Key.Key_Shift, ALT, "", False),
        (Qt.Key.Key_At, CTRL | ALT, "@", False),  # AltGr writes
        (Qt.Key.Key_Escape, NONE, "", True),
        (Qt.Key.Key_F1, NONE, "", True),
        (Qt.Key.Key_F4, ALT, "", True),
        (Qt.Key.Key_Menu, NONE, "", True),
        (Qt.Key.Key_V, CTRL, "\x16", True),
        (Qt.Key.Key_1, ALT, "1", True),
        (Qt.Key.Key_Q, META, "", True),
    ],
)
def test_only_what_writes_or_moves_gets_through(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, *, out: bool
) -> None:
    assert leads_out(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) is out
