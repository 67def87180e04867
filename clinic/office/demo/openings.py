"""The demo's blocks and waiting list: lunch where nobody is on the table, holidays, and who would come at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from clinic.office.demo.diary import CLOSED
from clinic.office.demo.notes import instant
from clinic.rules.calendar import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random
    from zoneinfo import ZoneInfo

    from clinic.office.demo.catalogue import Item
    from clinic.office.demo.people import Client, Visit
    from clinic.office.demo.house import Colleague, House

BEHIND, AHEAD = timedelta(weeks=2), timedelta(weeks=10)
LUNCH, LUNCH_MINUTES = time(12, 30), 30
AWAY_IN, AWAY_FOR = timedelta(weeks=7), timedelta(days=9)
"""When the last colleague is away: after everything that is booked."""
SUNDAY = 6
URGENT = ("pain", "soon", "soon", "whenever", "whenever")
DAYS = (("tue", "thu"), ("sat",), (), ("mon", "wed", "fri"), ())
HOURS = ((None, "13:00"), ("15:00", None), (None, None), ("09:00", "14:00"), ("16:00", "19:00"))
REMARKS = (
    "Shoulder locked up again, can be here in ten minutes",
    "Only before school is out",
    None,
    "Call the work number",
    None,
)


def blocks(house: House, visits: list[Visit], today: date, dice: Random) -> list[Item]:
    """Write down what keeps visits away; nothing of it lies on a visit."""
    held = defaultdict(list)
    for visit in visits:
        if visit.day >= today - BEHIND:
            before, after = timedelta(minutes=visit.treatment.before), timedelta(minutes=visit.treatment.after)
            held[visit.staff].append((visit.at - before, visit.ends + after))
    made = [_lunch(colleague, held[colleague.id], today) for colleague in house.treating]
    away = house.treating[-1].id
    leaves = datetime.combine(today + AWAY_IN, time())
    made.append(_block(leaves, leaves + AWAY_FOR, "time_off", staff=away, reason="Walking in the hills"))
    sunday = today + timedelta(days=(SUNDAY - today.weekday()) % 7)
    cleaned = datetime.combine(sunday, time(8))
    made.append(
        _block(
            cleaned,
            cleaned + timedelta(hours=2),
            "cleaning",
            room=dice.choice(house.rooms)["id"],
            rule="FREQ=WEEKLY;INTERVAL=2",
            reason="Linen, oils and a deep clean",
        )
    )
    made += [
        _block(begins, begins + timedelta(days=1), "closed", reason="Public holiday") for begins in _holidays(today)
    ]
    return [{"id": f"b-{number:03}", **block} for number, block in enumerate(made, 1)]


def _lunch(colleague: Colleague, held: list[tuple[datetime, datetime]], today: date) -> Item:
    """Give somebody half an hour at noon on the days they work, but where a visit is."""
    days = [name for name, stretches in zip(WEEKDAYS, colleague.week, strict=True) if stretches]
    first = today - BEHIND
    while not colleague.week[first.weekday()]:
        first += timedelta(days=1)
    begins = datetime.combine(first, LUNCH)
    left_out = []
    for n in range((today + AHEAD - first).days):
        start = begins + timedelta(days=n)
        end = start + timedelta(minutes=LUNCH_MINUTES)
        if any(start < until and since < end for since, until in held):
            left_out.append(start.date().isoformat())
    rule = "FREQ=WEEKLY;BYDAY=" + ",".join(name[:2].upper() for name in days)
    end = begins + timedelta(minutes=LUNCH_MINUTES)
    block = _block(begins, end, "break", staff=colleague.id, rule=rule, reason="Lunch")
    return block | ({"left_out": left_out} if left_out else {})


def _holidays(today: date) -> Iterator[datetime]:
    """Find the holidays to come within a year on which the house is closed."""
    for year in (today.year, today.year + 1):
        for month, day in CLOSED:
            if today < (on := date(year, month, day)) <= today + timedelta(days=365):
                yield datetime.combine(on, time())


def _block(begins: datetime, ends: datetime, kind: str, **facts: str) -> Item:
    times = {"begins": begins.isoformat(timespec="minutes"), "ends": ends.isoformat(timespec="minutes")}
    return {**facts, **times, "kind": kind}


def waiting(
    people: list[Client], visits: list[Visit], now: datetime, zone: ZoneInfo, dice: Random
) -> list[Item]:
    """Choose a few who would come at once: they come often, and are not here today."""
    here = {visit.client.id for visit in visits if visit.day == now.date()}
    regular = [one for one in people if one.visits and one.id not in here and one.until >= now.date()]
    chosen = dice.sample(regular, min(len(URGENT), len(regular)))
    made = []
    for number, client in enumerate(chosen):
        earliest, latest = HOURS[number]
        entry: Item = {
            "id": f"w-{number + 1:03}",
            "client": client.id,
            "treatment": client.treatment.id,
            "urgency": URGENT[number],
            "since": instant(now - timedelta(days=dice.randint(1, 20), minutes=dice.randint(0, 300)), zone),
        }
        for key, value in (
            ("days", list(DAYS[number])),
            ("earliest", earliest),
            ("latest", latest),
            ("remark", REMARKS[number]),
        ):
            if value:
                entry[key] = value
        made.append(entry)
    return made
