"""When a visit is wanted, in plain words: days, stretches of days, weekdays, hours and lengths."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from ui.widgets.days import typed_day
from ui.widgets.times import typed_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clinic.values import StaffId, TreatmentId

FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
WORKING, WEEKEND, ANY_DAY = frozenset(range(5)), frozenset({5, 6}), frozenset(range(7))
LENGTHS = range(15, 241, 5)
NEAR = timedelta(minutes=30)
"""How far from a time lies what is around it."""
LEAST_LETTERS = 2
NOON, EVENING = time(12), time(17)
SOON = frozenset({"asap", "soon", "soonest", "first", "earliest", "next"})
BUT = frozenset({"not", "but", "except", "no"})
_MINUTES = re.compile(r"(\d{2,3})(?:m|min|mins|minutes?)?")
_STEP = re.compile(r"\+\d{1,3}[dwm]?")
_CLOCK = re.compile(r"\d{1,2}(?::\d{2})?(?:am|pm|a|p)?|noon|midday")
_OF_MONTH = re.compile(r"(\d{1,2})\.")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was asked for; nothing where nothing was said of it."""

    treatment: TreatmentId | None = None
    minutes: int | None = None
    staff: StaffId | None = None
    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = frozenset()
    earliest: time | None = None
    begin_by: time | None = None
    end_by: time | None = None
    soonest: bool = False
    unread: tuple[str, ...] = ()
    """Words that say nothing here."""


Reader = tuple[int, Phrase]


def _period(words: Sequence[str], found: Phrase, today: date) -> Reader:
    """Read a stretch of days."""
    monday = today - timedelta(days=today.weekday())
    two = " ".join(words[:2])
    if two in {"next week", "this week"}:
        first = max(monday + timedelta(weeks=two.startswith("next")), today)
        last = monday + timedelta(weeks=two.startswith("next"), days=6)
        return 2, replace(found, first=first, last=last)
    if words[0] == "in" and len(words) > 2 and words[1].isdigit():  # noqa: PLR2004 - in, two, weeks
        unit = {"d": 1, "w": 7}.get(words[2][0])
        if unit:
            first = today + timedelta(days=unit * int(words[1]))
            return 3, replace(found, first=first, last=first + timedelta(days=unit - 1))
    if words[0] == "within" and len(words) > 2 and words[1].isdigit():  # noqa: PLR2004 - within, two, weeks
        unit = {"d": 1, "w": 7}.get(words[2][0])
        if unit:
            return 3, replace(found, first=today, last=today + timedelta(days=unit * int(words[1])))
    if words[0] == "tomorrow":
        return 1, replace(found, first=today + timedelta(days=1), last=today + timedelta(days=1))
    return 0, found


def _month(words: Sequence[str], found: Phrase, today: date) -> Reader:
    """Read a whole month: by its name, or as this one or the next."""
    two = " ".join(words[:2])
    begin = today.replace(day=1)
    if two in {"next month", "this month"}:
        taken, first = 2, begin + relativedelta(months=two.startswith("next"))
    elif words[0] == "in" and " ".join(words[1:3]) == "1 month":
        taken, first = 3, begin + relativedelta(months=1)
    else:
        name = words[1] if words[0] == "in" and len(words) > 1 else words[0]
        if name not in MONTHS or (name == "may" and words[0] != "in"):
            return 0, found
        taken = 1 + (words[0] == "in")
        first = begin + relativedelta(months=(MONTHS.index(name) + 1 - begin.month) % 12)
    last = first + relativedelta(months=1, days=-1)
    return taken, replace(found, first=max(first, today), last=last)


def _day(words: Sequence[str], found: Phrase, today: date) -> Reader:
    """Read a single day."""
    two = " ".join(words[:2])
    on = (
        typed_day(two.replace(".", ""), today)
        if len(words) > 1 and _reads_as_a_day(words[0], words[1])
        else None
    )
    if on is not None:
        return 2, replace(found, first=on, last=on)
    if (of_month := _OF_MONTH.fullmatch(words[0])) is not None:
        on = _next_of_month(int(of_month[1]), today)
        if on is not None:
            return 1, replace(found, first=on, last=on)
    written = re.fullmatch(r"\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?", words[0])
    if words[0] in {"t", "today"} or _STEP.fullmatch(words[0]) or written:
        on = typed_day(words[0], today)
        if on is not None:
            return 1, replace(found, first=on, last=on)
    return 0, found


def _reads_as_a_day(one: str, other: str) -> bool:
    """Tell a month with its day, either first, from a weekday with a time."""
    named, number = (one, other) if one[:1].isalpha() else (other, one)
    is_month = len(named) > LEAST_LETTERS and any(month.startswith(named.rstrip(".")) for month in MONTHS)
    return is_month and re.fullmatch(r"\d{1,2}\.?", number) is not None


def _next_of_month(day: int, today: date) -> date | None:
    """Find the next day of this number that is not over."""
    for ahead in range(12):
        first = today.replace(day=1) + relativedelta(months=ahead)
        try:
            on = first.replace(day=day)
        except ValueError:  # not every month has a 31st
            continue
        if on >= today:
            return on
    return None


def _which_week(words: Sequence[str], found: Phrase, today: date) -> Reader:
    """Read a weekday of this week, or of the next."""
    at = weekday_of(words[1]) if len(words) > 1 else None
    if at is None or words[0] not in {"this", "next"}:
        return 0, found
    monday = today - timedelta(days=today.weekday())
    on = monday + timedelta(weeks=words[0] == "next", days=at)
    on += timedelta(weeks=on < today)
    return 2, replace(found, first=on, last=on)


def weekday_of(word: str) -> int | None:
    """Tell which weekday a word is, as short as people write it."""
    if len(word) > LEAST_LETTERS:
        for at, name in enumerate(FULL):
            if name.startswith(word.removesuffix("s")) or word == f"{name}s":
                return at
    return None


def _weekday(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    """Read a weekday, or several one after the other."""
    word = words[0]
    if word in {"weekday", "weekdays"}:
        return 1, replace(found, weekdays=found.weekdays | WORKING)
    if word in {"weekend", "weekends"}:
        return 1, replace(found, weekdays=found.weekdays | WEEKEND)
    if word in BUT and len(words) > 1 and (left_out := weekday_of(words[1])) is not None:
        return 2, replace(found, weekdays=(found.weekdays or ANY_DAY) - {left_out})
    at = weekday_of(word)
    if at is None:
        return 0, found
    until = weekday_of(words[2]) if len(words) > 2 and words[1] == "through" else None  # noqa: PLR2004 - mon, through, wed
    if until is not None:
        span = frozenset((at + n) % 7 for n in range((until - at) % 7 + 1))
        return 3, replace(found, weekdays=found.weekdays | span)
    return 1, replace(found, weekdays=found.weekdays | {at})


def _hours(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    """Read from when or until when."""
    word = words[0]
    at = typed_time(words[1]) if len(words) > 1 else None
    if at is not None and word in {"after", "from", "past"}:
        return 2, replace(found, earliest=at)
    if at is not None and word in {"before", "until", "till", "by", "to"}:
        return 2, replace(found, end_by=at)
    if at is not None and word in {"at", "@"}:
        return 2, replace(found, earliest=at, begin_by=at)
    if at is not None and word in {"around", "about"}:
        return 2, replace(found, earliest=_beside(at, -NEAR), begin_by=_beside(at, NEAR))
    if word == "between" and len(words) > 3 and at is not None and (end := typed_time(words[3])) is not None:  # noqa: PLR2004 - between, two, and, five
        return 4, replace(found, earliest=at, end_by=end)
    return 0, found


def _from_to(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    """Read from when to when, with a dash."""
    begins, dash, ends = words[0].partition("-")
    if dash and _CLOCK.fullmatch(begins) and _CLOCK.fullmatch(ends):
        opens, closes = typed_time(begins), typed_time(ends)
        if opens is not None and closes is not None and opens < closes:
            return 1, replace(found, earliest=opens, end_by=closes)
    return 0, found


def _beside(at: time, far: timedelta) -> time:
    """Say which time is so far from another, within the day."""
    noon = datetime.combine(date.min, NOON) + timedelta(days=1)
    moved = datetime.combine(noon.date(), at) + far
    return moved.time() if moved.date() == noon.date() else at


def _part_of_day(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    parts: dict[str, tuple[time | None, time | None]] = {
        "morning": (None, NOON),
        "mornings": (None, NOON),
        "afternoon": (NOON, None),
        "afternoons": (NOON, None),
        "evening": (EVENING, None),
        "evenings": (EVENING, None),
    }
    if words[0] not in parts:
        return 0, found
    earliest, end_by = parts[words[0]]
    return 1, replace(found, earliest=earliest, end_by=end_by)


def _length_or_time(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    """Read a bare number: a length where it could be one, else a time."""
    word = words[0]
    match = _MINUTES.fullmatch(word)
    if match and int(match[1]) in LENGTHS and found.minutes is None:
        unit = len(words) > 1 and words[1] in {"m", "min", "mins", "minute", "minutes"}
        return 2 if unit else 1, replace(found, minutes=int(match[1]))
    at = typed_time(word) if _CLOCK.fullmatch(word) or word == "noon" else None
    if at is not None and found.earliest is None:
        return 1, replace(found, earliest=at, begin_by=at)
    return 0, found


def _soon(words: Sequence[str], found: Phrase, _today: date) -> Reader:
    return (1, replace(found, soonest=True)) if words[0] in SOON else (0, found)


READERS: tuple[Callable[[Sequence[str], Phrase, date], Reader], ...] = (
    _period,
    _month,
    _which_week,
    _hours,
    _from_to,
    _day,
    _weekday,
    _part_of_day,
    _length_or_time,
    _soon,
)
