"""Keys and the menu in the agenda: what the board does for the visit in focus, the list does for its line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from ui.screens.calendar.keys import BESIDES, CONTROL, LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.diary import Entry
    from ui.screens.calendar.agenda import Line
    from ui.screens.calendar.screen import Calendar
    from ui.table import Table

Key = Qt.Key


class AgendaKeys(QObject):
    """Takes the single letters, the pinboard's chords and the menu for the line that is chosen."""

    def __init__(self, screen: Calendar, table: Table[Line]) -> None:
        super().__init__(screen)
        self._screen, self._table = screen, table
        table.view.installEventFilter(self)
        table.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do what a key or the menu asks for, where the line is a visit one may change."""
        line, spread = self._table.current, self._screen.spread
        if isinstance(event, QContextMenuEvent):
            return self._open_menu(event)
        entry = line.entry if line is not None else None
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or entry is None:
            return super().eventFilter(watched, event)
        act = self._act(event, entry)
        if act is None or entry.busy or spread is None or not spread.may_change:
            return super().eventFilter(watched, event)
        act()
        return True

    def _act(self, event: QKeyEvent, entry: Entry) -> Callable[[], object] | None:
        """Say what a key does with a visit, if anything."""
        screen, key = self._screen, Key(event.key())
        held = event.modifiers() & ~BESIDES & ~Qt.KeyboardModifier.ShiftModifier
        if held == CONTROL:
            return {
                Key.Key_X: partial(screen.pins.take, entry),
                Key.Key_C: partial(screen.pins.take, entry, copy=True),
            }.get(key)
        if held:
            return None
        if key in LETTERS:
            return partial(screen.cards.step, LETTERS[key], entry)
        return {
            Key.Key_M: partial(screen.cards.move_by_words, entry),
            Key.Key_P: partial(screen.pins.take, entry),
        }.get(key)

    def _open_menu(self, event: QContextMenuEvent) -> bool:
        """Open the menu of the line under the hand, or of the chosen one by the menu's key."""
        view = self._table.view
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place: QPoint = view.visualRect(view.currentIndex()).center()
        else:
            place = event.pos()
            index = view.indexAt(place)
            if not index.isValid():
                return False
            view.selectRow(index.row())
        line = self._table.current
        if line is None or line.entry is None:
            return False
        self._screen.menu.open(line.entry, view.viewport().mapToGlobal(place))
        return True
