"""Visits that can't stay where they are: their therapist is away or has left, their room or the house is closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from clinic.office.handing_over import Side
from clinic.values import COMING
from clinic.wording import _, ngettext, short_day
from ui.screens.booking.stranded import open_leaving, open_stranded
from ui.widgets import text
from ui.widgets.buttons import link
from ui.widgets.cards import column
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from datetime import date

    from clinic.office.diary import Block, Entry, Spread
    from clinic.values import AppointmentId, StaffId
    from ui.screen import Counter

MOST = 3
"""So many causes are named; the rest once these are seen to."""


class Cause(NamedTuple):
    """Why visits can't stay: whose absence, or which room's or the house's closing."""

    side: Side
    name: str = ""
    staff: StaffId | None = None
    left: date | None = None


@dataclass(frozen=True, slots=True)
class Stuck:
    """The visits of one cause."""

    cause: Cause
    visits: tuple[AppointmentId, ...]

    @property
    def said(self) -> str:
        """Say it in a line."""
        n, cause = len(self.visits), self.cause
        if cause.left is not None:
            words = ngettext(
                "{name} no longer works here from {day}: one visit is to be handed over.",
                "{name} no longer works here from {day}: {n} visits are to be handed over.",
                n,
            )
            return words.format(name=cause.name, day=short_day(cause.left), n=n)
        words = {
            Side.STAFF: ngettext(
                "{name} is away: one visit is booked then.", "{name} is away: {n} visits are booked then.", n
            ),
            Side.ROOM: ngettext(
                "{name} is closed: one visit is booked there then.",
                "{name} is closed: {n} visits are booked there then.",
                n,
            ),
            Side.BOTH: ngettext(
                "The practice is closed: one visit is booked then.",
                "The practice is closed: {n} visits are booked then.",
                n,
            ),
        }[cause.side]
        return words.format(name=cause.name, n=n)


def stuck(spread: Spread) -> tuple[Stuck, ...]:
    """Find the visits ahead that can't stay, by cause."""
    if not spread.may_change:
        return ()
    left = {person.id: person.left for person in spread.people if person.left is not None}
    people = {person.id: person.name for person in spread.people}
    rooms = {place.id: place.name for place in spread.places}
    blocks: dict[StaffId | None, list[Block]] = defaultdict(list)
    for each in spread.blocks:
        blocks[each.staff].append(each)
    found: dict[Cause, list[AppointmentId]] = defaultdict(list)
    for entry in spread.entries:
        if entry.busy or entry.state not in COMING or entry.at < spread.now:
            continue
        name, day = people.get(entry.staff, ""), left.get(entry.staff)
        if day is not None and entry.at.date() >= day:
            found[Cause(Side.STAFF, name, entry.staff, day)].append(entry.id)
            continue
        block = _over((*blocks[entry.staff], *blocks[None]), entry)
        if block is None:
            continue
        if block.staff is not None:
            found[Cause(Side.STAFF, name, entry.staff)].append(entry.id)
        elif block.room is not None:
            found[Cause(Side.ROOM, rooms.get(block.room, ""))].append(entry.id)
        else:
            found[Cause(Side.BOTH)].append(entry.id)
    return tuple(Stuck(cause, tuple(visits)) for cause, visits in found.items())


def _over(blocks: tuple[Block, ...], entry: Entry) -> Block | None:
    """Find the block that lies over a visit."""
    end = entry.at + timedelta(minutes=entry.minutes)
    return next(
        (
            block
            for block in blocks
            if block.start < end and entry.at < block.end and block.room in {None, entry.room}
        ),
        None,
    )


class StuckLines(QWidget):
    """A line for each cause over the days shown, with the way to move its visits; nothing where there is none."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._lines = column(spacing=4)
        self._lines.setContentsMargins(20, 0, 16, 8)
        self.setLayout(self._lines)
        self.shown: tuple[Stuck, ...] = ()
        self.hide()

    def show_spread(self, spread: Spread) -> None:
        """Tell of the visits of these days that can't stay."""
        found = stuck(spread)[:MOST]
        if found != self.shown:
            self.shown = found
            text.clear(self._lines)
            for each in found:
                self._lines.addWidget(self._line(each))
            self.setVisible(bool(found))

    def _line(self, each: Stuck) -> QWidget:
        line = QWidget()
        moving = link(_("Move visits"), partial(self._open, each))
        moving.setAccessibleName(_("Move visits: {why}").format(why=each.said))
        line.setLayout(Flow(text.Glyph("calendar-x", "ink"), text.label(each.said, weight="medium"), moving))
        return line

    def _open(self, each: Stuck) -> None:
        if each.cause.left is not None and each.cause.staff is not None:
            open_leaving(self._counter, each.cause.staff)
        else:
            open_stranded(self._counter, each.visits, each.cause.side)
