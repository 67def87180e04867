"""How blocks are named, and when they hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clinic.values import BlockKind
from clinic.wording import _, clock, day, short_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.values import Span

FAR = 9000
"""A year that stands for until further notice."""


def kinds() -> Mapping[BlockKind, str]:
    """Every reason for a block, in the order in which they are offered."""
    return {
        BlockKind.TIME_OFF: _("Time off"),
        BlockKind.BREAK: _("Break"),
        BlockKind.MEETING: _("Meeting"),
        BlockKind.TRAINING: _("Training"),
        BlockKind.CLEANING: _("Cleaning"),
        BlockKind.REPAIR: _("Repair"),
        BlockKind.CLOSED: _("Closed"),
        BlockKind.OTHER: _("Other"),
    }


def kind(what: BlockKind | None) -> str:
    """Name a block; one whose reason is not the reader's business is only taken."""
    return kinds()[what] if what is not None else _("Not available")


def when(span: Span) -> str:
    """Write when a block holds, as short as it can be said."""
    start, end = span.start, span.end
    if end.year >= FAR:
        return _("from {day} until further notice").format(day=day(start.date()))
    whole_days = start.time() == end.time() == datetime.min.time()
    if whole_days:
        last = (end - timedelta(days=1)).date()
        if last == start.date():
            return _("all day {day}").format(day=day(last))
        return _("{first} to {last}").format(first=short_day(start.date()), last=day(last))
    if start.date() == end.date():
        return _("{day}, {start} to {end}").format(day=day(start.date()), start=clock(start), end=clock(end))
    return _("{first}, {start} to {last}, {end}").format(
        first=short_day(start.date()), start=clock(start), last=day(end.date()), end=clock(end)
    )
