"""Carrying: what is let go over the board is moved, or refused with the next free times; the pinboard goes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from ui.screens.calendar.fits import Wish
from ui.screens.calendar.refused import Refused
from ui.screens.calendar.views import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from clinic.office.diary import Entry
    from clinic.values import Refusal
    from ui.screens.calendar.acts import Acts
    from ui.screens.calendar.board import Board
    from ui.screens.calendar.hands import Held
    from ui.screens.calendar.month import Month
    from ui.screens.calendar.screen import Calendar
    from ui.screens.calendar.travel import Spot


class Carrying(QObject):
    """Puts visits where hands and keys want them."""

    def __init__(self, screen: Calendar, acts: Acts) -> None:
        super().__init__(screen)
        self._screen, self._acts = screen, acts
        self._callout: Refused | None = None
        board, month, pins = screen.board, screen.month, screen.pins
        for page in (board, month):
            page.carried.connect(self.carry)
            page.given_up.connect(pins.let_go)
        month.put_down.connect(self.put_down_on)
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
        page = self._page or screen.board
        callout.stand_at(page.mapTo(screen, page.beside(wish)), screen)

    def _take_offered(self, wish: Wish, at: datetime) -> None:
        self._put(replace(wish, at=at), partial(self._screen.pins.release_entry, wish.entry))
        (self._page or self._screen.board).setFocus()

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

    def put_down_on(self, on: date) -> None:
        """Put down what was taken along last, on another day at its own time."""
        pin = self._screen.pins.last
        if pin is not None:
            entry = pin.entry
            at = datetime.combine(on, entry.at.time())
            wish = Wish(entry, at, entry.minutes, entry.staff, entry.room, pin.copy)
            self._put(wish, partial(self._screen.pins.release, pin))

    @property
    def _page(self) -> Board | Month | None:
        """What lies open that something can be carried over: days side by side, or the month."""
        view = self._screen.view
        return (
            None if view is View.AGENDA else self._screen.month if view is View.MONTH else self._screen.board
        )

    def _carry_in(self, entry: Entry, at: QPoint, copy: bool) -> None:  # noqa: FBT001 - a signal's arguments have no names
        page = self._page
        if page is None:
            return
        here = page.mapFromGlobal(at)
        if page.rect().contains(here):
            page.carry_in(entry, here.toPointF(), copy=copy)
        else:
            self.let_go()

    def _drop_in(self) -> None:
        if self._page is not None:
            self._page.drop()

    def let_go(self) -> None:
        """Let go of what is carried over the page, which stays where it is turned to."""
        self._screen.board.hands.let_go()
        self._screen.month.let_go()

    @property
    def under_way(self) -> bool:
        """Whether something is carried, over the page or on its way from the pinboard."""
        screen = self._screen
        return screen.board.keys.has_something or screen.month.busy or screen.pins.carrying

    def give_up(self) -> None:
        """Put back what is carried, with the page, to where it was taken up."""
        screen = self._screen
        screen.pins.let_go()
        screen.board.keys.escape()
        screen.month.give_up()
