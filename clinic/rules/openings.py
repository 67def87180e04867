"""When the house is open: hours with special days, and blocks that come once or again and again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from dateutil.rrule import rrulestr

from clinic.rules.calendar import EPOCH, Held, opening
from clinic.values import Refusal, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from clinic.values import BlockId, BlockKind, RoomId, StaffId

FOREVER = datetime(9000, 1, 1)  # noqa: DTZ001 - a wall time has no zone
"""The end of what holds until further notice."""
KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "UNTIL", "COUNT", "WKST"})
STEPS = {"DAILY": 1, "WEEKLY": 7}
"""Days of a step whose length never changes: such a rule can be joined in the middle."""
OFTEN = frozenset({*STEPS, "MONTHLY", "YEARLY"})
LONGEST = timedelta(days=1)
"""A block that comes back is no longer than a day."""

Week: TypeAlias = "Mapping[str, Sequence[Sequence[str]]] | None"


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a week, nothing where none were said, and the single days that have their own."""

    week: Week = None
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A time without visits: of one therapist, of one room, or of everybody where neither is named."""

    id: BlockId
    staff: StaffId | None
    room: RoomId | None
    begins: datetime
    ends: datetime | None
    kind: BlockKind
    reason: str | None = None
    rule: str | None = None
    left_out: frozenset[date] = frozenset()


def hours_of(week: Week, special_days: Iterable[Mapping[str, Any]] | None) -> Hours:
    """Read hours as they are kept."""
    special = {
        (on := date.fromisoformat(each["on"])): _spans(on, each["hours"]) for each in special_days or ()
    }
    return Hours(week, special)


def _spans(on: date, stretches: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    return tuple(
        Span(
            datetime.combine(on, time.fromisoformat(opens)), datetime.combine(on, time.fromisoformat(closes))
        )
        for opens, closes in stretches
    )


def open_on(on: date, house: Hours, own: Hours) -> tuple[Span, ...]:
    """Give a therapist's hours on a day: a special day of their own first, else the week within the house's."""
    if on in own.special:
        return own.special[on]
    usual = opening(own.week if own.week is not None else house.week, on)
    if on not in house.special:
        return usual
    return tuple(
        Span(max(mine.start, theirs.start), min(mine.end, theirs.end))
        for mine in usual
        for theirs in house.special[on]
        if mine.overlaps(theirs)
    )


def check_stretches(stretches: Sequence[Sequence[str]], *, at: str) -> None:
    """Refuse the hours of one day that end before they begin, or run into each other."""
    closed = time.min
    for opens, closes in stretches:
        begins, ends = time.fromisoformat(opens), time.fromisoformat(closes)
        if not closed <= begins < ends:
            raise Refusal("impossible_hours", at=at)
        closed = ends


def check_block(begins: datetime, ends: datetime | None, rule: str | None) -> None:
    """Refuse a block that ends before it begins, or comes back in a way nobody could mean."""
    if ends is not None and ends <= begins:
        raise Refusal("ends_before_it_begins", at="ends")
    if rule is None:
        return
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if parts.get("FREQ") not in OFTEN or not parts.keys() <= KNOWN:
        raise Refusal("repeats_unknown", at="rule")
    if ends is None or ends - begins > LONGEST:
        raise Refusal("too_long_to_repeat", at="ends")
    try:
        first = next(iter(rrulestr(rule, dtstart=begins)), None)
    except (ValueError, TypeError):
        raise Refusal("repeats_unknown", at="rule") from None
    if first is None:
        raise Refusal("repeats_never", at="rule")


def starts(begins: datetime, rule: str, first: datetime, last: datetime) -> list[datetime]:
    """List when something comes back from `first` up to `last`, on the wall clock as dateutil expands it."""
    return list(_rule(rule, _joined(begins, rule, first)).between(first, last, inc=True))


@lru_cache(maxsize=512)
def _rule(rule: str, begins: datetime) -> Any:
    return rrulestr(rule, dtstart=begins)


def _joined(begins: datetime, rule: str, first: datetime) -> datetime:
    """Join a long-running rule shortly before it is asked about, in the same step as from its beginning."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    step = STEPS.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", "1"))
    if not step or "COUNT" in parts or first <= begins:
        return begins
    passed = (first - begins).days // step - 1
    if passed <= 0:
        return begins
    return begins + timedelta(days=passed * step)


def times(block: Block, first: datetime, last: datetime) -> Iterator[Span]:
    """Go through the times of a block that reach into a stretch of days."""
    if block.rule is None or block.ends is None:
        span = Span(block.begins, block.ends or FOREVER)
        if span.overlaps(Span(first, last)):
            yield span
        return
    length = block.ends - block.begins
    for start in starts(block.begins, block.rule, first - length, last):
        span = Span(start, start + length)
        if start.date() not in block.left_out and span.overlaps(Span(first, last)):
            yield span


def taken(span: Span, zone: ZoneInfo) -> Held:
    """Say what a block takes, in UTC minutes; where the clocks change, of two readings the longer one."""
    return Held(min(_readings(span.start, zone)), max(_readings(span.end, zone)))


def _readings(wall: datetime, zone: ZoneInfo) -> tuple[int, int]:
    first, second = (
        int((wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) - EPOCH).total_seconds()) // 60
        for fold in (0, 1)
    )
    return first, second


def concerns(block: Block, staff: str, room: str | None) -> bool:
    """Tell whether a block is about this therapist, this room, or the whole house."""
    return block.staff in {None, staff} and block.room in {None, room}


def in_the_way(
    blocks: Iterable[Block], around: Span, wanted: Held, zone: ZoneInfo
) -> tuple[Block, Span] | None:
    """Find the block that a visit would touch, buffers included, and when it holds."""
    for block in blocks:
        for span in times(block, around.start, around.end):
            held = taken(span, zone)
            if held.start < wanted.end and wanted.start < held.end:
                return block, span
    return None
