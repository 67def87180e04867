"""Calendars written and read; a bad file is refused at its line and never breaks the program."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.exchange import ical
from clinic.values import Refusal

ZONE = ZoneInfo("America/Los_Angeles")
AT = datetime(2026, 11, 18, 14, tzinfo=ZONE)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


def an_event(uid: str = "a-1@x", title: str = "Busy", hours: int = 1, **facts: object) -> ical.Event:
    begins = datetime(2026, 11, 19, 16, tzinfo=ZONE)
    return ical.Event(uid, 2, begins, begins + timedelta(hours=hours), title, **facts)  # type: ignore[arg-type]


def test_an_event_comes_back_as_it_went_out() -> None:
    data = ical.written([an_event(place="218 Juniper Row")], name="Maren", at=AT)
    (found,) = ical.read(data, ZONE)
    assert (found.uid, found.title, found.begins) == ("a-1@x", "Busy", datetime(2026, 11, 19, 16))
    assert b"SEQUENCE:2" in data
    assert b"CLASS:PRIVATE" in data


def test_what_was_called_off_says_so() -> None:
    (found,) = ical.read(ical.written([an_event(off=True)], name="", at=AT), ZONE)
    assert found.off


@given(st.lists(st.tuples(names, st.integers(1, 20)), max_size=5))
def test_titles_of_any_script_survive(events: list[tuple[str, int]]) -> None:
    told = [an_event(f"u{n}", title, hours) for n, (title, hours) in enumerate(events)]
    found = ical.read(ical.written(told, name="x", at=AT), ZONE)
    assert [each.title for each in found] == [" ".join(title.split()) for title, _ in events]


def a_file(*lines: str, before: str = "BEGIN:VCALENDAR") -> bytes:
    return "\r\n".join((before, "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", "")).encode()


@pytest.mark.parametrize(
    ("lines", "begins", "ends"),
    [
        (("DTSTART:20261119T160000", "DURATION:PT90M"), "2026-11-19T16:00", "2026-11-19T17:30"),
        (("DTSTART;VALUE=DATE:20261119",), "2026-11-19T00:00", "2026-11-20T00:00"),
        (("DTSTART:20261119T160000Z",), "2026-11-19T08:00", "2026-11-19T09:00"),
        (("DTSTART;TZID=Europe/Berlin:20261119T160000",), "2026-11-19T07:00", "2026-11-19T08:00"),
    ],
)
def test_times_are_read_on_the_practices_wall(lines: tuple[str, ...], begins: str, ends: str) -> None:
    (found,) = ical.read(a_file(*lines), ZONE)
    assert (found.begins, found.ends) == (datetime.fromisoformat(begins), datetime.fromisoformat(ends))


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (b"", 1),
        (b"hello", 1),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261119T160000\n", 4),
        (a_file("SUMMARY:No start"), 2),
        (a_file("DTSTART:banana"), 2),
        (a_file("DTSTART:20261119T160000", "DTEND:20261119T150000"), 2),
        (a_file("DTSTART:20261119T160000", "DTEND:20991119T150000"), 2),
        (a_file("DTSTART:20261119T160000", "no colon here"), 4),
        (a_file("DTSTART:20261119T160000").replace(b"END:VEVENT", b"END:VTODO"), 4),
        (b"BEGIN:VCALENDAR\nSUMMARY:\xff\n", 2),
        (b"BEGIN:VCALENDAR\nSUMMARY:a\0b\n", 2),
    ],
)
def test_a_bad_file_is_refused_at_its_line(data: bytes, row: int) -> None:
    with pytest.raises(Refusal) as refused:
        ical.read(data, ZONE)
    assert (refused.value.code, refused.value.facts["row"]) == ("bad_calendar", row)


@pytest.mark.parametrize("most", ["LARGEST", "MOST_EVENTS"])
def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch, most: str) -> None:
    monkeypatch.setattr(ical, most, 0)
    with pytest.raises(Refusal, match=r"file_too_large|too_many_events"):
        ical.read(a_file("DTSTART:20261119T160000"), ZONE)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_anything_in_the_file_is_read_or_refused(noise: bytes, place: int) -> None:
    good = a_file("DTSTART:20261119T160000", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Yoga")
    try:
        ical.read(good[:place] + noise + good[place:], ZONE)
    except Refusal as refused:
        assert refused.code in {"bad_calendar", "too_many_events"}  # noqa: PT017 - most are read
