"""Slots: every free time for a treatment in a stretch of days, best first, each with why.

Time is cut into quarters of an hour by the clock on the wall, and a stretch of days is one whole number with a bit
for each of them: what a visit, a block or the end of the hours forbids is a run of bits, so that a month of twelve
therapists is a few thousand steps.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from clinic.rules.quarters import STEP, minute
from clinic.values import Technique

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from clinic.rules.quarters import Axis
    from clinic.values import RoomId, Span, StaffId

DEEP = frozenset({Technique.DEEP_TISSUE, Technique.TRIGGER_POINT})
"""P5 by nature (domain.md A0): what tires the hands, and is not for the early morning (F4)."""
TURNOVER = 15
"""Minutes that make two visits back to back; domain.md F4 asks for 10 to 15 between visits."""
TIGHT = 10
USELESS = 30
"""A gap shorter than the shortest visit is lost."""
_GAP = USELESS // STEP

WEIGHTS: Mapping[str, int] = {
    "about_four": 3,
    "afternoon": 2,
    "early_for_deep": -2,
    "deep_after_deep": -2,
    "tight_turnover": -1,
    "leaves_a_gap": -1,
    "joins": 1,
    "usual_therapist": 2,
    "preferred_gender": 1,
    "skill_unknown": -1,
}
"""What each reason weighs; the reasons of a slot add up to its score, which only orders what is offered."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a treatment's length and what it needs around it."""

    technique: Technique
    minutes: int
    before: int = 0
    after: int = 0


class Taken(NamedTuple):
    """A visit or block that holds somebody or something, in UTC minutes since 1970, buffers included."""

    start: int
    end: int
    on: date | None = None
    """The day of a visit, which counts towards what is enough for one day; nothing for a block."""
    minutes: int = 0
    deep: bool = False
    lead: int = 0
    """Of a visit: its buffer before, and after, within what it holds."""
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Enough:
    """How much is enough for one pair of hands in one day."""

    visits: int | None = None
    minutes: int | None = None
    deep: int | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """A therapist who may be asked."""

    staff: StaffId
    open: Iterable[Span]
    taken: Sequence[Taken]
    enough: Enough = field(default_factory=Enough)
    reasons: tuple[str, ...] = ()
    """Reasons that hold for all of this therapist's slots."""
    rooms: tuple[RoomId, ...] = ()
    """Rooms in the order in which they would be taken; none where the practice has no rooms."""


class Slot(NamedTuple):
    """A free time, with whom and where, and why it is where it is in the list; a tuple, for there are thousands."""

    at: datetime
    minutes: int
    staff: StaffId
    room: RoomId | None
    score: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Starts of one therapist in one room for the same reasons."""

    place: int
    staff: StaffId
    room: RoomId | None
    why: tuple[str, ...]
    mask: int


def skilled(technique: Technique, *, prenatal: bool | None, lymphatic: bool | None) -> bool | None:
    """Tell whether somebody may give a treatment: nobody without the training gives a prenatal one.

    For lymphatic drainage nothing on file is unknown, which is not no.
    """
    if technique is Technique.PRENATAL:
        return bool(prenatal)
    if technique is Technique.LYMPHATIC:
        return lymphatic
    return True


def find(
    wanted: Wanted,
    hands: Iterable[Hands],
    rooms: Mapping[RoomId, Sequence[Taken]],
    when: Axis,
    zone: ZoneInfo,
    *,
    after: datetime | None = None,
    most: int | None = None,
) -> list[Slot]:
    """List every free time, best first; at the same score the sooner one.

    With rooms on file a time is free only where a room is. A therapist who has had enough that day is not offered.
    """
    size = len(when.walls)
    free_rooms = {room: ~_forbidden(taken, wanted, when) for room, taken in rooms.items()}
    somewhere = -1 if not rooms else 0
    for mask in free_rooms.values():
        somewhere |= mask
    somewhere &= when.readable
    if after is not None:
        somewhere &= ~_run(0, -(-(minute(after, zone) - when.base) // STEP) - 1, size)
    by_score: dict[int, list[Alike]] = defaultdict(list)
    for place, each in enumerate(hands):
        free = somewhere & _open(each, wanted, when, zone) & ~_forbidden(each.taken, wanted, when)
        free &= ~_enough(each, wanted, when)
        for why, mask in _parted(free, each.reasons, _layers(each, wanted, when)):
            score = sum(WEIGHTS[code] for code in why)
            by_score[score] += [
                Alike(place, each.staff, room, why, part)
                for room, part in _roomed(mask, each.rooms, free_rooms)
            ]
    found: list[Slot] = []
    for score in sorted(by_score, reverse=True):
        left = None if most is None else most - len(found)
        if left is not None and left <= 0:
            break
        found += _told(by_score[score], score, wanted.minutes, when, left)
    return found


def _parted(
    free: int, reasons: tuple[str, ...], layers: Iterable[tuple[str, int]]
) -> list[tuple[tuple[str, ...], int]]:
    """Part the free starts into those that have the same reasons."""
    parts = [(reasons, free)] if free else []
    for code, mask in layers:
        parts = [
            part
            for why, held in parts
            for part in (((*why, code), held & mask), (why, held & ~mask))
            if part[1]
        ]
    return parts


def _roomed(
    mask: int, rooms: Sequence[RoomId], free: Mapping[RoomId, int]
) -> list[tuple[RoomId | None, int]]:
    """Give each start the first room that is free for it."""
    if not free:
        return [(None, mask)]
    parts: list[tuple[RoomId | None, int]] = []
    for room in rooms:
        here = mask & free[room]
        if here:
            parts.append((room, here))
            mask &= ~here
    return parts


def _told(alike: list[Alike], score: int, minutes: int, when: Axis, most: int | None) -> list[Slot]:
    """List the starts of one score in the order of the calendar, then of the therapists."""
    size, walls = len(when.walls), when.walls
    cells: list[tuple[int, int, Alike]] = []
    for each in alike:
        bits, n = _bits(each.mask, size), 0
        cell = bits.find("1")
        while cell >= 0 and n != most:  # of each no more than are told in all
            cells.append((cell, each.place, each))
            cell, n = bits.find("1", cell + 1), n + 1
    cells.sort(key=itemgetter(0, 1))
    return [
        Slot(at, minutes, each.staff, each.room, score, each.why)
        for cell, _, each in cells[:most]
        if (at := walls[cell]) is not None
    ]


def _bits(mask: int, size: int) -> str:
    """Write a mask with the first quarter first."""
    return f"{mask:0{size}b}"[::-1]


def _run(first: int, last: int, size: int) -> int:
    """Give the bits from the first to the last quarter, as far as they are on the axis."""
    first, last = max(0, first), last if last < size else size - 1
    return ((1 << (last - first + 1)) - 1) << first if first <= last else 0


def _forbidden(taken: Iterable[Taken], wanted: Wanted, when: Axis) -> int:
    """Give the starts at which a visit with its buffers would touch what is taken."""
    size, mask = len(when.walls), 0
    earliest, latest = wanted.minutes + wanted.after + when.base, wanted.before - when.base
    for each in taken:
        low = (each.start - earliest) // STEP + 1
        high = -(-(each.end + latest) // STEP) - 1
        if high >= 0 and low < size:
            mask |= _run(low, high, size)
    return mask


def _open(hands: Hands, wanted: Wanted, when: Axis, zone: ZoneInfo) -> int:
    """Give the starts within the hours: the last visit may end as they close, its buffer after it."""
    size, mask = len(when.walls), 0
    for span in hands.open:
        low = -(-(minute(span.start, zone) - when.base) // STEP)
        high = (minute(span.end, zone) - wanted.minutes - when.base) // STEP
        mask |= _run(low, high, size)
    return mask


def _enough(hands: Hands, wanted: Wanted, when: Axis) -> int:
    """Give the days on which one more visit would be too much."""
    if hands.enough == Enough():
        return 0
    size, mask = len(when.walls), 0
    had = defaultdict(list)
    for each in hands.taken:
        had[each.on].append(each)
    ends = [*(begin for _, begin in when.days[1:]), size]
    for (on, begin), end in zip(when.days, ends, strict=True):
        if too_much(hands.enough, had[on], wanted):
            mask |= _run(begin, end - 1, size)
    return mask


def too_much(enough: Enough, day: Sequence[Taken], wanted: Wanted) -> bool:
    """Tell whether one more visit on a day would be more than enough for these hands."""
    deep = wanted.technique in DEEP
    return (
        (enough.visits is not None and len(day) >= enough.visits)
        or (
            enough.minutes is not None and sum(each.minutes for each in day) + wanted.minutes > enough.minutes
        )
        or (deep and enough.deep is not None and sum(each.deep for each in day) >= enough.deep)
    )


def _layers(hands: Hands, wanted: Wanted, when: Axis) -> list[tuple[str, int]]:
    """Give each reason with the starts it holds for."""
    size, base = len(when.walls), when.base
    deep = wanted.technique in DEEP
    after_deep = tight = 0
    free_again = still_free = (
        0  # on an axis a gap longer at both ends: what lies just outside leaves gaps inside
    )
    for each in hands.taken:
        follows = -(-(each.end + wanted.before - base) // STEP)  # the first start that is free again
        leads = (each.start - wanted.minutes - wanted.after - base) // STEP  # the last one still free
        if -_GAP <= follows < size:
            free_again |= 1 << (follows + _GAP)
        if 0 <= leads < size + _GAP:
            still_free |= 1 << (leads + _GAP)
        if each.on is None:
            continue
        left, came = each.end - each.spare - base, each.start + each.lead - wanted.minutes - base
        tight |= _run(follows, -(-(left + TIGHT) // STEP) - 1, size)
        tight |= _run((came - TIGHT) // STEP + 1, leads, size)
        if deep and each.deep:
            after_deep |= _run(follows, (left + TURNOVER) // STEP, size)
            after_deep |= _run(-(-(came - TURNOVER) // STEP), leads, size)
    lost = 0
    for quarters in range(1, _GAP):
        lost |= free_again << quarters | still_free >> quarters
    layers = [
        ("about_four", when.about_four),
        ("afternoon", when.afternoon),
        ("joins", (free_again | still_free) >> _GAP),
        ("leaves_a_gap", lost >> _GAP),
        ("tight_turnover", tight),
    ]
    if deep:
        layers += [("deep_after_deep", after_deep), ("early_for_deep", when.early)]
    return layers
