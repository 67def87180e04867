"""Calendars in the form every calendar program reads: events written out, and events read with their line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

PRODUCT = "-//Effleurage//Practice manager//EN"
KIND = "text/calendar"
LARGEST = 20 << 20
"""Bytes; a calendar of many years is smaller."""
MOST_EVENTS = 20_000
LONGEST = timedelta(days=370)


@dataclass(frozen=True, slots=True)
class Event:
    """Something in a calendar, told to others; the id stays the same, the sequence grows with each change."""

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    title: str
    place: str = ""
    off: bool = False
    """It was called off; calendars that had it take it out."""


@dataclass(frozen=True, slots=True)
class Found:
    """An event read from a file, on the practice's wall."""

    row: int
    """The line on which it begins."""
    uid: str
    begins: datetime
    ends: datetime
    title: str
    rule: str = ""
    off: bool = False
    whole_days: bool = False


def written(events: Iterable[Event], *, name: str, at: datetime) -> bytes:
    """Write a calendar; equal events give equal bytes at an equal time."""
    import icalendar  # noqa: PLC0415 - slow to import, and seldom asked for

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        entry = icalendar.Event()
        entry.add("uid", event.uid)
        entry.add("sequence", event.sequence)
        entry.add("dtstamp", at.astimezone(UTC))
        entry.add("dtstart", event.begins.astimezone(UTC))
        entry.add("dtend", event.ends.astimezone(UTC))
        entry.add("summary", event.title)
        if event.place:
            entry.add("location", event.place)
        entry.add("status", "CANCELLED" if event.off else "CONFIRMED")
        entry.add("class", "PRIVATE")
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content


def read(data: bytes, zone: ZoneInfo) -> tuple[Found, ...]:
    """Read every event of a file; a file that is no calendar, or breaks off, is refused at its line."""
    lines = _lines(data)
    return tuple(_event(row, chunk, zone) for row, chunk in _events(lines))


def _lines(data: bytes) -> list[str]:
    if len(data) > LARGEST:
        raise Refusal("file_too_large", most=LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _bad(data[: wrong.start].count(b"\n") + 1) from None
    for row, line in enumerate(text.split("\n"), 1):
        if "\0" in line:
            raise _bad(row)
    return text.replace("\r\n", "\n").split("\n")


def _bad(row: int) -> Refusal:
    return Refusal("bad_calendar", at=str(row), row=row)


def _events(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Take the events out of a file, each with the line it begins on."""
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise _bad(1)
    open_parts: list[str] = []
    begun, count = 0, 0
    for row, line in enumerate(lines, 1):
        word, _, what = line.strip().upper().partition(":")
        if word == "BEGIN":
            open_parts.append(what)
            if open_parts[-1:] == ["VEVENT"] and len(open_parts) == 2:  # noqa: PLR2004 - straight in the calendar
                begun = row
        elif word == "END":
            if not open_parts or open_parts.pop() != what:
                raise _bad(row)
            if what == "VEVENT" and len(open_parts) == 1:
                count += 1
                if count > MOST_EVENTS:
                    raise Refusal("too_many_events", at=str(row), most=MOST_EVENTS)
                yield begun, "\r\n".join(lines[begun - 1 : row]) + "\r\n"
        elif line.strip() and not line.startswith((" ", "\t")) and ":" not in line:
            raise _bad(row)
    if open_parts:
        raise _bad(len(lines))


def _event(row: int, chunk: str, zone: ZoneInfo) -> Found:
    import icalendar  # noqa: PLC0415 - as above

    try:
        event: Any = icalendar.Event.from_ical(chunk)
        if event.errors or "DTSTART" not in event:
            raise _bad(row)
        starts = event.decoded("DTSTART")
        ends = _end(event, starts)
        whole = not isinstance(starts, datetime)
        begins, until = _wall(starts, zone), _wall(ends, zone)
        rule = event["RRULE"].to_ical().decode() if "RRULE" in event else ""
        title = " ".join(str(event.get("SUMMARY", "")).split())[:300]
        uid = str(event.get("UID", "")).strip()[:200] or f"line-{row}"
        off = str(event.get("STATUS", "")).upper() == "CANCELLED"
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError):
        raise _bad(row) from None
    if not begins < until <= begins + LONGEST:
        raise _bad(row)
    return Found(row, uid, begins, until, title, rule, off, whole)


def _end(event: Any, starts: Any) -> Any:
    if "DTEND" in event:
        return event.decoded("DTEND")
    if "DURATION" in event:
        return starts + event.decoded("DURATION")
    return starts + (timedelta(hours=1) if isinstance(starts, datetime) else timedelta(days=1))


def _wall(when: Any, zone: ZoneInfo) -> datetime:
    """Read a time on the practice's wall; one without a zone stands there already."""
    if isinstance(when, datetime):
        local = when.astimezone(zone) if when.tzinfo else when
        return local.replace(tzinfo=None, second=0, microsecond=0)
    if isinstance(when, date):
        return datetime.combine(when, time())
    raise TypeError
