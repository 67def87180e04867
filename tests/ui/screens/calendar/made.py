"""Days of a calendar, made up without an office."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from clinic.office.diary import Block, Entry, Person, Place, Spread
from clinic.values import (
    AppointmentId,
    BlockId,
    BlockKind,
    ClientId,
    Purpose,
    RoomId,
    Span,
    StaffId,
    State,
    Technique,
)

MAREN, TOMAS = StaffId("maren"), StaffId("tomas")
HEARTH, WILLOW = RoomId("hearth"), RoomId("willow")
MONDAY = date(2026, 11, 16)


def an_entry(key: str = "v-1", at: datetime = datetime(2026, 11, 18, 10), **facts: Any) -> Entry:
    made: dict[str, Any] = {
        "id": AppointmentId(key),
        "at": at,
        "minutes": 60,
        "before": 0,
        "after": 15,
        "state": State.CONFIRMED,
        "staff": MAREN,
        "room": HEARTH,
        "client": ClientId("c-1"),
        "name": "Odile Marchetti",
        "treatment": "Therapeutic massage",
        "technique": Technique.THERAPEUTIC,
        "purpose": Purpose.THERAPEUTIC,
    }
    return Entry(**made | facts)


def a_block(start: datetime, end: datetime, **facts: Any) -> Block:
    made: dict[str, Any] = {
        "id": BlockId("b-1"),
        "staff": MAREN,
        "room": None,
        "start": start,
        "end": end,
        "kind": BlockKind.MEETING,
        "reason": "",
    }
    return Block(**made | facts)


def a_spread(
    *entries: Entry, first: date = MONDAY - timedelta(days=1), days: int = 7, **facts: Any
) -> Spread:
    open_days = [first + timedelta(days=n) for n in range(days)]
    hours = {
        (who, day): (Span(datetime.combine(day, time(9)), datetime.combine(day, time(17))),)
        if day.weekday() < 5
        else ()
        for who in (MAREN, TOMAS)
        for day in open_days
    }
    made: dict[str, Any] = {
        "first": first,
        "last": open_days[-1],
        "now": datetime(2026, 11, 18, 14, 10),
        "zone": "America/Los_Angeles",
        "me": MAREN,
        "people": (Person(MAREN, "Maren Okafor", "CMT, owner"), Person(TOMAS, "Tomás Rivera", "CMT")),
        "places": (Place(HEARTH, "Hearth"), Place(WILLOW, "Willow")),
        "hours": hours,
        "house": {day: hours[MAREN, day] for day in open_days},
        "blocks": (),
        "entries": tuple(entries),
        "may_change": True,
        "may_take_money": True,
        "own_only": False,
    }
    return Spread(**made | facts)
