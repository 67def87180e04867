"""Whether a visit would fit where it is held, judged from what is on the board; the office has the last word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from clinic.values import RoomId, Span, StaffId, State
from ui.screens.calendar import words

if TYPE_CHECKING:
    from clinic.office.diary import Entry, Spread

MOVABLE = frozenset({State.TENTATIVE, State.CONFIRMED, State.ARRIVED})
"""States in which a visit may go elsewhere."""
STRETCHABLE = MOVABLE | {State.IN_TREATMENT}


class Why(StrEnum):
    """What stands in the way."""

    STAFF = "staff"
    ROOM = "room"
    BLOCKED = "blocked"
    OVER = "over"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a visit is held."""

    entry: Entry
    at: datetime
    minutes: int
    staff: StaffId
    room: RoomId | None
    copy: bool = False

    @property
    def span(self) -> Span:
        """The time it would take, on the wall."""
        return Span.of(self.at, self.minutes)

    @property
    def held(self) -> Span:
        """The time it would take, buffers included."""
        end = self.at + timedelta(minutes=self.minutes + self.entry.after)
        return Span(self.at - timedelta(minutes=self.entry.before), end)

    @property
    def stays(self) -> bool:
        """Whether it is where it was."""
        entry = self.entry
        return not self.copy and (entry.at, entry.minutes, entry.staff, entry.room) == (
            self.at,
            self.minutes,
            self.staff,
            self.room,
        )


@dataclass(frozen=True, slots=True)
class Clash:
    """What is in the way, and when."""

    why: Why
    span: Span | None = None
    words: str = ""


def in_the_way(spread: Spread, wish: Wish) -> Clash | None:
    """Find what keeps a visit from being put there."""
    entry = wish.entry
    if not spread.may_change or entry.busy or (spread.own_only and wish.staff != entry.staff):
        return Clash(Why.OTHERS)
    if not wish.copy:
        elsewhere = (entry.at, entry.staff) != (wish.at, wish.staff)
        if entry.state not in (MOVABLE if elsewhere else STRETCHABLE):
            return Clash(Why.OVER)
    for other in spread.entries:
        if not other.holds or (other.id == entry.id and not wish.copy):
            continue
        same_staff = other.staff == wish.staff
        if not same_staff and (wish.room is None or other.room != wish.room):
            continue
        held = Span(
            other.at - timedelta(minutes=other.before),
            other.at + timedelta(minutes=other.minutes + other.after),
        )
        if held.overlaps(wish.held):
            return Clash(Why.STAFF if same_staff else Why.ROOM, Span.of(other.at, other.minutes))
    for block in spread.blocks:
        theirs = block.staff in {None, wish.staff} and (block.room is None or block.room == wish.room)
        if theirs and Span(block.start, block.end).overlaps(wish.span):
            return Clash(Why.BLOCKED, Span(block.start, block.end), words.block(block))
    return None
