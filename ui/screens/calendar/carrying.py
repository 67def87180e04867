"""Carrying: what is let go over the board is moved, or refused with the next free times; the pinboard goes along."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from ui.screens.calendar.fits import Wish
from ui.screens.calendar.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clinic.office.diary import Entry
    from clinic.values import Refusal
    from ui.screens.calendar.acts import Acts
    from ui.screens.calendar.hands import Held
    from ui.screens.calendar.screen import Calendar
    from ui.screens.calendar.travel import Spot


class Carrying(QObject):
    """Puts visits where hands and keys want them."""

    def __init__(self, screen: Calendar, acts: Acts) -> None:
        super().__init__(screen)
        self._screen, self._acts = screen, acts
        self._callout: Refused | None = None
        board, pins = screen.board, screen.pins
        board.carried.connect(self.carry)
        board.pinned.connect(pins.take)
        board.copied.connect(partial(pins.take, copy=True))
        board.put_down.connect(self.put_down)
        pins.carried.connect(self._carry_in)
        pins.dropped.connect(self._drop_in)
        pins.changed.connect(board.show_pinned)

    def carry(self, held: Held) -> None:
        """Put down what was carried, and say why where it cannot be."""
        self._put(held.wish, partial(self._screen.pins.release_entry, held.entry))

    def _put(self, wish: Wish, then: Callable[[], object] | None = None) -> None:
        self.close_callout()
        self._acts.carry(wish, partial(self._refuse, wish), then)

    def _refuse(self, wish: Wish, refusal: Refusal) -> None:
        screen = self._screen
        screen.board.hands.let_go()
        callout = Refused(screen, refusal, wish)
        callout.chosen.connect(partial(self._take_offered, wish))
        self._callout = callout
        callout.stand_at(screen.board.mapTo(screen, screen.board.beside(wish)), screen)

    def _take_offered(self, wish: Wish, at: datetime) -> None:
        self._put(replace(wish, at=at))
        self._screen.board.setFocus()

    @property
    def said_something(self) -> bool:
        """Whether the last drop was refused, and that still stands there."""
        return self._callout is not None

    def close_callout(self) -> bool:
        """Take away what was said of the last refused drop."""
        callout, self._callout = self._callout, None
        if callout is None:
            return False
        callout.hide()
        callout.deleteLater()
        return True

    def put_down(self, spot: Spot) -> None:
        """Put down what was taken along last."""
        pin, drawn = self._screen.pins.last, self._screen.board.plan
        if pin is None or drawn is None:
            return
        which = drawn.columns[spot.column]
        wish = Wish(
            pin.entry,
            drawn.wall(spot.column, spot.place),
            pin.entry.minutes,
            which.staff or pin.entry.staff,
            pin.entry.room if which.staff is not None else which.room,
            pin.copy,
        )
        self._put(wish, partial(self._screen.pins.release, pin))

    def _carry_in(self, entry: Entry, at: QPoint, copy: bool) -> None:  # noqa: FBT001 - a signal's arguments have no names
        board = self._screen.board
        board.hands.carry_in(entry, board.mapFromGlobal(at).toPointF(), copy=copy)

    def _drop_in(self) -> None:
        if self._screen.board.hands.held is not None:
            self._screen.board.hands.drop()
